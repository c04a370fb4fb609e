import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startAppliance } from '#test/appliance/start-appliance';
import { drawDemoPhoto, planDemoLibrary } from './demo-library.ts';

export const DEMO_OWNER = { name: 'Anna Berger', email: 'anna@example.org', password: 'a short sentence' };

/** A running box with the demo library in it. */
export interface DemoBox {
  url: string;
  /** A request to the box as the person who looks after it; throws unless the answer is 2xx. */
  ask: <T>(method: string, path: string, json?: unknown) => Promise<T>;
  /** The id of a photo of the demo library. */
  findAsset: (name: string) => Promise<string>;
}

/** Drawing and preparing all photos takes a slow board a few minutes. */
const LONGEST_MS = 300_000;

/** Starts the processes, claims the box, uploads the demo library and waits until every photo has its thumbnail. */
export async function startDemoBox(t: TestContext): Promise<DemoBox> {
  // Phones can reach it, so that there is an address to show.
  const { url } = await startAppliance(t, { env: { SHOEBOX_HOST: '0.0.0.0' } });
  const ids = new Map<string, string>();
  let token = '';
  const ask: DemoBox['ask'] = async <T>(method: string, path: string, json?: unknown) => {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  await ask('POST', '/auth/admin-sign-up', DEMO_OWNER);
  token = (await ask<{ accessToken: string }>('POST', '/auth/login', DEMO_OWNER)).accessToken;
  await ask('PUT', '/appliance/setup/box', { name: 'berger', timeZone: 'Europe/Berlin' });
  await ask('PUT', '/appliance/setup/privacy', { faces: false, placeNames: true, memories: true });
  await ask('PUT', '/appliance/setup/phone', {});
  await ask('PUT', '/appliance/setup/done', {});

  const folder = await mkdtemp(join(tmpdir(), 'shoebox-demo-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [index, photo] of planDemoLibrary().entries()) {
    const file = await drawDemoPhoto(photo, folder, index + 1);
    const form = new FormData();
    form.append('fileCreatedAt', '2026-11-20T12:00:00.000Z');
    form.append('fileModifiedAt', '2026-11-20T12:00:00.000Z');
    form.append('assetData', new Blob([await readFile(file)]), photo.name);
    const response = await fetch(`${url}/api/assets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    if (!response.ok) throw new Error(`${photo.name} was refused: ${await response.text()}`);
    ids.set(photo.name, ((await response.json()) as { id: string }).id);
  }

  const deadline = Date.now() + LONGEST_MS;
  for (const id of ids.values()) {
    for (;;) {
      const { thumbhash } = await ask<{ thumbhash: string | null }>('GET', `/assets/${id}`);
      if (thumbhash) break;
      if (Date.now() > deadline)
        throw new Error('the photos of the demo library did not get their thumbnails');
      await wait(250);
    }
  }
  return {
    url,
    ask,
    findAsset: async (name) => {
      const id = ids.get(name);
      if (!id) throw new Error(`the demo library has no ${name}`);
      return id;
    },
  };
}
