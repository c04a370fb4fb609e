import type { Page } from 'playwright-core';
import type { DemoBox } from './demo-box.ts';
import type { Picture } from './picture.ts';

const filled = new WeakMap<DemoBox, Promise<void>>();

/** What the demo library lacks for these pictures, made once for all of them. */
function fill(box: DemoBox): Promise<void> {
  const known = filled.get(box) ?? fillOnce(box);
  filled.set(box, known);
  return known;
}

async function fillOnce({ url, ask }: DemoBox): Promise<void> {
  const { id } = await ask<{ id: string }>('GET', '/users/me');
  await ask('POST', '/api-keys', { name: 'Laptop backup', permissions: ['asset.upload', 'user.read'] });
  await ask('POST', '/api-keys', { name: 'Picture frame', permissions: ['all'] });
  await ask('POST', '/admin/users', {
    name: 'Opa Karl',
    email: 'karl@example.org',
    password: 'a short sentence',
    quotaSizeInBytes: 200e9,
  });
  await ask('POST', '/admin/notifications', {
    userId: id,
    title: 'Some photos could not be prepared',
    level: 'warning',
  });
  const answer = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'immich-android/3.2.2',
      devicemodel: 'Pixel 8',
      devicetype: 'Android',
    },
    body: JSON.stringify({ email: 'karl@example.org', password: 'a short sentence' }),
  });
  if (!answer.ok) throw new Error(`the demo phone was answered ${answer.status}`);
}

const at = (path: string) => async (box: DemoBox) => {
  await fill(box);
  return path;
};

const step = (name: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).click();
  await page.waitForTimeout(300);
};

/** The page about the box, setting it up, and all that can be set. */
export const BOX_PICTURES: readonly Picture[] = [
  { name: 'setup-name', path: at('/setup'), prepare: step(/Name$/) },
  { name: 'setup-drives', path: at('/setup'), prepare: step(/Drives$/) },
  { name: 'setup-privacy', path: at('/setup'), prepare: step(/Privacy$/) },
  { name: 'setup-phone', path: at('/setup'), prepare: step(/Phone$/) },
  { name: 'setup-done', path: at('/setup') },
  {
    name: 'box',
    path: at('/box'),
    prepare: async (page) => {
      await page.getByRole('img', { name: /^How full the drives are/ }).waitFor();
    },
  },
  { name: 'settings', path: at('/settings') },
  { name: 'account-page', path: at('/account') },
  { name: 'devices', path: at('/devices') },
  { name: 'keys', path: at('/keys') },
  { name: 'users', path: at('/users') },
  { name: 'libraries-empty', path: at('/libraries') },
  { name: 'box-settings', path: at('/box-settings') },
  { name: 'updates-elsewhere', path: at('/updates') },
  { name: 'notifications', path: at('/notifications') },
];
