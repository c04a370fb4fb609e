import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { makeJpeg } from '#test/fixtures/media';
import { BROWSER } from './browser.ts';
import { startAppliance } from './start-appliance.ts';

export const OWNER = { name: 'Ann', email: 'ann@example.org', password: 'a short sentence' };

/** A browser on a claimed box, signed in. */
export interface OpenPage {
  url: string;
  page: Page;
  context: BrowserContext;
  /** A request to the box as the owner; throws unless the answer is 2xx. */
  ask: <T>(method: string, path: string, json?: unknown) => Promise<T>;
  /** Uploads a drawn photo and waits for its thumbnail; `takenAt` as cameras write it, `2024:05:04 12:00:00`. */
  addPhoto: (name: string, takenAt: string, seed: number) => Promise<string>;
}

/** Thumbnails take seconds on a machine that runs other tests. */
const LONGEST_MS = 60_000;

/** Starts a box and a browser on it. Whatever a page complains about fails the test. */
export async function openPage(t: TestContext, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const browser = await chromium.launch(BROWSER);
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  const complaints: string[] = [];
  context.on('weberror', (webError) => complaints.push(String(webError.error())));
  context.on('console', (message) => {
    // Chromium reports every refused request as an error, and what was tried without a network; those are the subject
    // of tests.
    const isExpected = /^Failed to load resource|ERR_INTERNET_DISCONNECTED$/.test(message.text());
    if (message.type() === 'error' && !isExpected) complaints.push(message.text());
  });
  const scratch = await mkdtemp(join(tmpdir(), 'shoebox-page-'));
  // Before the box goes, because a page rightly complains about a box that is gone.
  t.after(async () => {
    await browser.close();
    await rm(scratch, { recursive: true });
    assert.deepEqual(complaints, []);
  });
  const { url } = await startAppliance(t);
  await context.request.post(`${url}/api/auth/admin-sign-up`, { data: OWNER });
  const signedIn = await context.request.post(`${url}/api/auth/login`, { data: OWNER });
  const { accessToken } = (await signedIn.json()) as { accessToken: string };

  const ask: OpenPage['ask'] = async <T>(method: string, path: string, json?: unknown) => {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
  const addPhoto: OpenPage['addPhoto'] = async (name, takenAt, seed) => {
    const file = join(scratch, name);
    await makeJpeg(file, { seed, exif: { DateTimeOriginal: takenAt } });
    const form = new FormData();
    form.append('fileCreatedAt', '2026-01-01T00:00:00.000Z');
    form.append('fileModifiedAt', '2026-01-01T00:00:00.000Z');
    form.append('assetData', new Blob([await readFile(file)]), name);
    const response = await fetch(`${url}/api/assets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}` },
      body: form,
    });
    const { id } = (await response.json()) as { id: string };
    for (const startedAt = Date.now(); Date.now() - startedAt < LONGEST_MS; await wait(150)) {
      const { thumbhash } = await ask<{ thumbhash: string | null }>('GET', `/assets/${id}`);
      if (thumbhash) return id;
    }
    throw new Error(`${name} got no thumbnail`);
  };
  return { url, page: await context.newPage(), context, ask, addPhoto };
}
