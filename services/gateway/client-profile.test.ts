import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientProfile } from './client-profile.ts';

test('only apps of 2.x get the dialect of 2.7', () => {
  const old = [
    'immich-android/2.7.5',
    'immich-ios/2.5.0',
    'Immich_Android_2.7.5',
    'Immich_iOS_2.6',
    'Immich_iOS_2',
  ];
  for (const userAgent of old) assert.equal(clientProfile(userAgent), 'v2', userAgent);
  const others = [
    'immich-android/3.1.0',
    'immich-ios/3.2.2',
    'immich-ios/20.0',
    'Mozilla/5.0',
    'immich-go/0.31',
    '',
    undefined,
  ];
  for (const userAgent of others) assert.equal(clientProfile(userAgent), 'v3', String(userAgent));
});
