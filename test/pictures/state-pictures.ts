import type { Page } from 'playwright-core';
import { type Updates, updateFault } from '#contract/appliance-updates';
import { DEMO_OWNER, type DemoBox } from './demo-box.ts';
import type { Picture } from './picture.ts';

/** Somebody who has just been given an account. */
const NEWCOMER = { name: 'Tante Rosa', email: 'rosa@example.org', password: 'given to you on paper' };

const made = new WeakMap<DemoBox, Promise<unknown>>();

const asNewcomer = (path: string) => async (box: DemoBox) => {
  const known = made.get(box) ?? box.ask('POST', '/admin/users', { ...NEWCOMER, shouldChangePassword: true });
  made.set(box, known);
  await known;
  return path;
};

/** Answers that never come. */
const unanswered = (address: string) => (page: Page) => page.route(address, () => new Promise(() => {}));
/** A box that is not there. */
const unreachable = (address: string) => (page: Page) => page.route(address, (route) => route.abort());

type UpdatesHere = Extract<Updates, { isHere: true }>;

const HERE: UpdatesHere = {
  isHere: true,
  installed: { version: '0.4.1', keptAt: '2026-10-02T01:00:00.000Z' },
  minimumVersion: '0.4.1',
  source: { address: null, checkedAt: null, offered: null, fault: null },
  step: { kind: 'idle' },
  last: null,
};

/** The screen of updates as it is when the box says so: this box was not flashed. */
const updates = (name: string, said: Partial<UpdatesHere>): Picture => ({
  name: `updates-${name}`,
  path: '/updates',
  arrange: (page) =>
    page.route('**/api/appliance/updates', (route) =>
      route.fulfill({ json: { ...HERE, ...said } satisfies Updates }),
    ),
  prepare: async (page) => {
    await page.locator('.update-version').waitFor();
    await page.waitForTimeout(300);
  },
});

const outcome = { id: '1', from: '0.4.1', to: '0.5.0', at: '2026-11-21T02:00:00.000Z' };
const calm = (page: Page) => page.waitForTimeout(500);

/** Screens in states that a box in good order is rarely in. */
export const STATE_PICTURES: readonly Picture[] = [
  { name: 'first-sign-in', path: asNewcomer('/'), as: NEWCOMER, prepare: calm },
  { name: 'first-sign-in-account', path: asNewcomer('/account'), as: NEWCOMER, prepare: calm },
  { name: 'no-rights', path: asNewcomer('/users'), as: NEWCOMER, prepare: calm },
  {
    name: 'sign-in-refused',
    path: '/',
    as: 'nobody',
    prepare: async (page) => {
      await page.getByLabel('E-mail').fill(DEMO_OWNER.email);
      await page.getByLabel('Password', { exact: true }).fill('not this one');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').first().waitFor();
    },
  },
  { name: 'album-loading', path: '/albums/any', arrange: unanswered('**/api/albums/any*'), prepare: calm },
  { name: 'people-loading', path: '/people', arrange: unanswered('**/api/people?*'), prepare: calm },
  { name: 'albums-unreachable', path: '/albums', arrange: unreachable('**/api/albums*'), prepare: calm },
  {
    name: 'album-gone',
    path: '/albums/00000000-0000-4000-8000-000000000000',
    prepare: calm,
  },
  { name: 'search-none', path: '/search?q=elephant', prepare: calm },
  {
    name: 'search-filters',
    path: '/search',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Filters' }).click();
      await calm(page);
    },
  },
  {
    name: 'timeline-empty',
    path: asNewcomer('/'),
    as: NEWCOMER,
    prepare: calm,
  },
  updates('idle', {}),
  updates('offered', {
    source: {
      address: 'https://updates.example.org/shoebox.json',
      checkedAt: '2026-11-22T20:00:00.000Z',
      offered: { version: '0.5.0', bytes: 412_000_000 },
      fault: null,
    },
  }),
  updates('installing', { step: { kind: 'installing', version: '0.5.0', percent: 62 } }),
  updates('ready', { step: { kind: 'installed', version: '0.5.0', restartAt: null } }),
  updates('tonight', {
    step: { kind: 'installed', version: '0.5.0', restartAt: '2026-11-24T02:00:00.000Z' },
  }),
  updates('trying', { step: { kind: 'trying', version: '0.5.0' } }),
  updates('refused', { step: { kind: 'failed', fault: updateFault('not_signed') } }),
  updates('went-back', {
    last: {
      ...outcome,
      kind: 'went_back',
      reason: updateFault('drives_missing', { found: 1, expected: 2 }),
    },
  }),
  updates('done', { last: { ...outcome, from: '0.3.9', to: '0.4.1', kind: 'updated', reason: null } }),
];
