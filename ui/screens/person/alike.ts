import type { Person } from '../../calls/people.ts';

/**
 * Who else may be the same person: those whose name begins alike or shares a word, and those without a name, who are
 * most often somebody the program did not know again. Apart from all others, in the given order.
 */
export function findAlike(person: Person, people: readonly Person[]): { alike: Person[]; others: Person[] } {
  const alike: Person[] = [];
  const others: Person[] = [];
  for (const other of people) {
    if (other.id === person.id) continue;
    (isAlike(person.name, other.name) ? alike : others).push(other);
  }
  return { alike, others };
}

/** Who of two stays: the one with a name, else the first. */
export function pickStaying(first: Person, second: Person): { stays: Person; goes: Person } {
  return first.name === '' && second.name !== ''
    ? { stays: second, goes: first }
    : { stays: first, goes: second };
}

function isAlike(a: string, b: string): boolean {
  if (a === '' || b === '') return true;
  const words = (name: string) => fold(name).split(/[\s-]+/);
  const [first, second] = [fold(a), fold(b)];
  if (first.startsWith(second) || second.startsWith(first)) return true;
  return words(a).some((word) => words(b).includes(word));
}

function fold(name: string): string {
  return name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').trim();
}
