import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ExternalFolders } from '#contract/external-folders';
import { startGateway } from '#test/appliance/start-gateway';

test('an administrator looks through the folders that are allowed, and through no others', async (t) => {
  const media = realpathSync(mkdtempSync(join(tmpdir(), 'shoebox-media-')));
  t.after(() => rmSync(media, { recursive: true }));
  for (const name of ['Stick/2019', 'Stick/Ärger', 'Stick/.hidden', 'Other'])
    mkdirSync(join(media, name), { recursive: true });
  writeFileSync(join(media, 'Stick/a.jpg'), '');
  symlinkSync(join(media, 'Other'), join(media, 'Stick/link'));
  const stick = join(media, 'Stick');
  const away = join(media, 'Away');
  const gateway = await startGateway(t, { config: { externalDirs: [stick, away] } });
  const owner = await gateway.signUp();
  const ask = (path?: string, as = owner) =>
    gateway.request('GET', `/api/appliance/folders${path ? `?in=${encodeURIComponent(path)}` : ''}`, { as });
  const list = async (path?: string) => (await (await ask(path)).json()) as ExternalFolders;

  assert.deepEqual(await list(), {
    in: null,
    folders: [
      { path: stick, isThere: true },
      { path: away, isThere: false },
    ],
  });
  assert.deepEqual(await list(`${stick}/`), {
    in: stick,
    folders: [
      { path: join(stick, '2019'), isThere: true },
      { path: join(stick, 'Ärger'), isThere: true },
    ],
  });
  assert.deepEqual((await list(join(stick, '2019'))).folders, []);

  const refused = async (path: string) => {
    const answer = await ask(path);
    assert.equal(answer.status, 400);
    return ((await answer.json()) as { details: { why: string } }).details.why;
  };
  assert.equal(await refused(join(media, 'Other')), 'folder_not_allowed');
  assert.equal(await refused(join(stick, '../Other')), 'folder_not_allowed');
  assert.equal(await refused('Stick'), 'folder_not_absolute');
  assert.equal(await refused(away), 'folder_missing');
  assert.equal(await refused(join(stick, 'link')), 'folder_link_outside');
});
