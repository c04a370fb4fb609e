import type { Person } from '../calls/people.ts';
import { foldWords } from '../fold-words.ts';

/** People that fit what was typed, those whose name begins so first; all with a name when nothing was. */
export function peopleLike(people: readonly Person[], typed: string): Person[] {
  const wanted = foldWords(typed);
  const named = people.filter(({ name }) => name !== '');
  if (wanted === '') return named;
  const begins = (name: string) => foldWords(name).startsWith(wanted);
  const fits = named.filter(
    ({ name }) =>
      begins(name) ||
      foldWords(name)
        .split(/[\s-]+/)
        .some((word) => word.startsWith(wanted)),
  );
  return fits.sort((a, b) => Number(begins(b.name)) - Number(begins(a.name)));
}

/** A name that nobody has yet; undefined when somebody has it, or nothing was typed. */
export function newName(people: readonly Person[], typed: string): string | undefined {
  const name = typed.trim();
  return name === '' || people.some((person) => foldWords(person.name) === foldWords(name))
    ? undefined
    : name;
}
