import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { News } from '../../calls/notifications.ts';
import { speak } from '../../text.ts';
import { newsWords } from './news-words.ts';

const news = (type: News['type'], data?: News['data']): News => ({
  id: 'n',
  type,
  level: 'info',
  title: 'Ann shared an album with you',
  description: 'Summer',
  createdAt: '2026-11-22T10:00:00.000Z',
  ...(data && { data }),
});

test('news of albums, of work and of originals are told in German', async (t) => {
  await speak('de', ['de']);
  t.after(() => speak('en', ['en']));
  const album = { albumId: 'a', albumName: 'Summer', byName: 'Ann' };
  assert.deepEqual(newsWords(news('AlbumInvite', album)), {
    title: 'Ann hat ein Album mit Ihnen geteilt',
    description: 'Summer',
  });
  assert.equal(newsWords(news('AlbumUpdate', album)).description, 'Ann hat „Summer“ ergänzt');
  assert.match(newsWords(news('JobFailed', { kind: 'preview' })).title, /ließen sich nicht vorbereiten/);
  const original = newsWords(news('SystemMessage', { assetId: 'a', code: 'original_unreadable' }));
  assert.match(original.description, /^Das Laufwerk konnte dieses Foto nicht lesen/);
});

test('how an update went is told in German with its reason', async (t) => {
  await speak('de', ['de']);
  t.after(() => speak('en', ['en']));
  const data = { about: 'update.1', kind: 'went_back', from: '0.1.0', to: '0.2.0', reason: 'never_started' };
  assert.deepEqual(newsWords(news('SystemMessage', { ...data, details: { version: '0.2.0' } })), {
    title: 'Die Box ist zur vorigen Version zurückgekehrt',
    description:
      'Es läuft wieder Version 0.1.0 statt 0.2.0. Version 0.2.0 ist dreimal nicht gestartet. Ihre Fotos wurden nicht berührt.',
  });
  const offered = news('SystemMessage', { about: 'update.offered.0.3.0', kind: 'offered', to: '0.3.0' });
  assert.match(newsWords(offered).description, /^Version 0\.3\.0 lässt sich/);
});

test('news that somebody wrote, and news from before the box told who and what, stay as they are', async (t) => {
  await speak('de', ['de']);
  t.after(() => speak('en', ['en']));
  for (const entry of [
    news('AlbumInvite', { albumId: 'a' }),
    news('JobFailed'),
    news('SystemMessage'),
    news('SystemMessage', { code: 'not_known_yet' }),
    news('Custom', { byName: 'Ann' }),
  ])
    assert.deepEqual(newsWords(entry), { title: entry.title, description: entry.description });
});

test('in English the box speaks for itself', () => {
  const entry = news('AlbumInvite', { albumName: 'Summer', byName: 'Ann' });
  assert.deepEqual(newsWords(entry), { title: entry.title, description: 'Summer' });
});
