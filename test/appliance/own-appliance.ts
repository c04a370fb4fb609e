import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

/** The person that a test's box belongs to. */
export interface Owner {
  url: string;
  headers: Record<string, string>;
  /** `GET` below `/api`; the caller reads the body. */
  get(path: string): Promise<Response>;
}

/** Makes the first account of a box and signs it in. */
export async function claim(url: string): Promise<Owner> {
  const account = { name: 'Ann', email: 'ann@example.org', password: 'a long test password' };
  const post = async (path: string) => {
    const response = await fetch(`${url}/api${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    });
    assert.equal(response.status, 201, await response.clone().text());
    return (await response.json()) as { accessToken: string };
  };
  await post('/auth/admin-sign-up');
  const { accessToken } = await post('/auth/login');
  const headers = { authorization: `Bearer ${accessToken}` };
  return { url, headers, get: (path) => fetch(`${url}/api${path}`, { headers }) };
}

/** A request below `/api` and the JSON of its answer; throws unless that is 2xx. `null` for an empty answer. */
export async function ask<Answer>(
  owner: Owner,
  method: string,
  path: string,
  json?: unknown,
): Promise<Answer> {
  const response = await fetch(`${owner.url}/api${path}`, {
    method,
    headers: { ...owner.headers, ...(json !== undefined && { 'content-type': 'application/json' }) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
  return (text === '' ? null : JSON.parse(text)) as Answer;
}

/** Uploads one file as a form; the names of `fields` are the client's. */
export async function upload(
  owner: Owner,
  name: string,
  bytes: Buffer,
  fields: Record<string, string> = {},
  sidecar?: Buffer,
): Promise<{ status: number; id: string; message?: string }> {
  const form = new FormData();
  const dates = { fileCreatedAt: '2024-05-01T10:00:00.000Z', fileModifiedAt: '2024-05-01T10:00:00.000Z' };
  for (const [key, text] of Object.entries({ ...dates, ...fields })) form.set(key, text);
  form.set('assetData', new Blob([new Uint8Array(bytes)]), name);
  if (sidecar) form.set('sidecarData', new Blob([new Uint8Array(sidecar)]), `${name}.xmp`);
  const response = await fetch(`${owner.url}/api/assets`, {
    method: 'POST',
    headers: owner.headers,
    body: form,
  });
  const answer = (await response.json()) as { id: string; message?: string };
  return { ...answer, status: response.status };
}

/** Resolves when ingest has nothing left to do; the test's own time limit ends the wait. */
export async function queuesEnded(owner: Owner): Promise<void> {
  for (;;) {
    const queues = await ask<Record<string, { jobCounts: Record<string, number> }>>(owner, 'GET', '/jobs');
    const counts = Object.values(queues).map(({ jobCounts }) => jobCounts);
    const left = (name: string) => counts.some((count) => count[name] !== 0);
    assert.ok(!left('failed'), JSON.stringify(queues));
    if (!left('active') && !left('waiting') && !left('delayed')) return;
    await wait(50);
  }
}
