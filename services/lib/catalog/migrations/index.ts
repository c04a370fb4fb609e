import { migration0001 } from './0001-library.ts';

/** Every migration in order; its place in this list is its number. One that has landed is never edited. */
export const migrations: readonly string[] = [migration0001];
