import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeDevice } from './device.ts';

const CHROME_ON_ANDROID =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36';
const SAFARI_ON_IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
const EDGE_ON_WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0';

test('browsers are described by themselves and their system', () => {
  const describe = (userAgent: string) => {
    const { deviceType, deviceOs, appVersion } = describeDevice({ 'user-agent': userAgent });
    assert.equal(appVersion, null);
    return [deviceType, deviceOs];
  };
  assert.deepEqual(describe(CHROME_ON_ANDROID), ['Chrome', 'Android']);
  assert.deepEqual(describe(SAFARI_ON_IPHONE), ['Safari', 'iOS']);
  assert.deepEqual(describe(EDGE_ON_WINDOWS), ['Edge', 'Windows']);
  assert.deepEqual(describe('curl/8.0'), ['', '']);
});

test('the phone app is described by its model, system and version', () => {
  assert.deepEqual(
    describeDevice({
      'user-agent': 'immich-android/3.1.0',
      devicemodel: 'Pixel 8',
      devicetype: 'Android',
    }),
    { deviceType: 'Pixel 8', deviceOs: 'Android', appVersion: '3.1.0' },
  );
  assert.equal(describeDevice({ 'user-agent': 'Immich_iOS_2.7.5' }).appVersion, '2.7.5');
});

test('whatever a stranger sends is short and one line', () => {
  const { deviceType } = describeDevice({ devicemodel: `a\nb${'x'.repeat(5000)}` });
  assert.match(deviceType, /^abx{98}$/);
});
