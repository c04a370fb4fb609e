import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { EnvError, readEnv } from './env.ts';

const spec = {
  dataDir: { name: 'BOX_DATA', kind: 'path', default: './data' },
  port: { name: 'BOX_PORT', kind: 'integer', default: 2283, min: 0, max: 65535 },
  level: { name: 'BOX_LEVEL', kind: 'text', default: 'info', oneOf: ['info', 'debug'] },
  cold: { name: 'BOX_COLD', kind: 'boolean', default: false },
  host: { name: 'BOX_HOST', kind: 'text', optional: true },
} as const;

test('what is unset or empty takes its default, and an optional variable reads as undefined', () => {
  assert.deepEqual(readEnv({ BOX_PORT: '' }, spec), {
    dataDir: resolve('data'),
    port: 2283,
    level: 'info',
    cold: false,
  });
});

test('what is set is read into its type, and a relative path becomes absolute', () => {
  const values = readEnv(
    { BOX_DATA: 'a/b', BOX_PORT: '0', BOX_LEVEL: 'debug', BOX_COLD: 'yes', BOX_HOST: '::1' },
    spec,
  );
  const port: number = values.port;
  const level: 'info' | 'debug' = values.level;
  const host: string | undefined = values.host;
  assert.deepEqual(
    [values.dataDir, port, level, values.cold, host],
    [resolve('a/b'), 0, 'debug', true, '::1'],
  );
});

test('every fault is reported in one error, each naming its variable and what it should be', () => {
  const env = { BOX_PORT: '65536', BOX_LEVEL: 'loud', BOX_COLD: 'maybe' };
  const strict = { ...spec, key: { name: 'BOX_KEY', kind: 'text' } } as const;
  assert.throws(
    () => readEnv(env, strict),
    (error) => {
      assert.ok(error instanceof EnvError);
      assert.deepEqual(error.faults, [
        'BOX_PORT must be a whole number from 0 to 65535, but is "65536"',
        'BOX_LEVEL must be one of info, debug, but is "loud"',
        'BOX_COLD must be true or false, but is "maybe"',
        'BOX_KEY is not set',
      ]);
      return true;
    },
  );
});

test('a number with a unit, a fraction or an exponent is not a whole number', () => {
  for (const raw of ['80x', '1.5', '1e3', '0x10', 'ten', '99999999999999999999'])
    assert.throws(() => readEnv({ BOX_PORT: raw }, spec), EnvError, raw);
});
