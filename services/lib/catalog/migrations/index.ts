import { migration0001 } from './0001-library.ts';
import { migration0002 } from './0002-accounts.ts';
import { migration0003 } from './0003-family.ts';
import { migration0004 } from './0004-sync.ts';
import { migration0005 } from './0005-sidecars.ts';
import { migration0006 } from './0006-text.ts';
import { migration0007 } from './0007-sync-edits.ts';
import { migration0008 } from './0008-text-search.ts';
import { migration0009 } from './0009-libraries.ts';
import { migration0010 } from './0010-map-and-people.ts';
import { migration0011 } from './0011-locked-folder.ts';
import { migration0012 } from './0012-original-problems.ts';
import { migration0013 } from './0013-renditions.ts';

/** Every migration in order; its place in this list is its number. One that has landed is never edited. */
export const migrations: readonly string[] = [
  migration0001,
  migration0002,
  migration0003,
  migration0004,
  migration0005,
  migration0006,
  migration0007,
  migration0008,
  migration0009,
  migration0010,
  migration0011,
  migration0012,
  migration0013,
];
