import type { Person } from '../calls/people.ts';

/** People that fit what was typed, those whose name begins so first; all with a name when nothing was. */
export function peopleLike(people: readonly Person[], typed: string): Person[] {
  const wanted = fold(typed);
  const named = people.filter(({ name }) => name !== '');
  if (wanted === '') return named;
  const begins = (name: string) => fold(name).startsWith(wanted);
  const fits = named.filter(
    ({ name }) =>
      begins(name) ||
      fold(name)
        .split(/[\s-]+/)
        .some((word) => word.startsWith(wanted)),
  );
  return fits.sort((a, b) => Number(begins(b.name)) - Number(begins(a.name)));
}

/** A name that nobody has yet; undefined when somebody has it, or nothing was typed. */
export function newName(people: readonly Person[], typed: string): string | undefined {
  const name = typed.trim();
  return name === '' || people.some((person) => fold(person.name) === fold(name)) ? undefined : name;
}

/** Without accents and capitals, which people leave out while typing. */
function fold(name: string): string {
  return name
    .trim()
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLocaleLowerCase();
}
