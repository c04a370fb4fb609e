import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quotaText, readQuota } from './quota.ts';

test('a quota is whole gigabytes, or nothing for no limit', () => {
  assert.equal(readQuota(' 200 '), 200_000_000_000);
  assert.equal(readQuota(''), null);
  assert.equal(readQuota('0'), 0);
  for (const wrong of ['-1', '1.5', 'many', '1e9', '12345678'])
    assert.equal(readQuota(wrong), undefined, wrong);
  assert.equal(quotaText(readQuota('50') ?? null), '50');
  assert.equal(quotaText(null), '');
});
