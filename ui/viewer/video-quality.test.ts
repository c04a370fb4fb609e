import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseQuality, hasChoice, type QualityChoice } from './video-quality.ts';

const choose = (
  small: QualityChoice['qualities']['small'],
  originalPlays: QualityChoice['qualities']['originalPlays'],
  more: Partial<QualityChoice> = {},
) =>
  chooseQuality({
    wish: 'original',
    qualities: { small, originalPlays },
    playsHevc: true,
    hasFailed: false,
    ...more,
  });

test('the original plays unless the small version is wished for and there', () => {
  assert.equal(choose('ready', 'everywhere'), 'original');
  assert.equal(choose('ready', 'everywhere', { wish: 'small' }), 'small');
  for (const small of ['making', 'needless', 'none'] as const)
    assert.equal(choose(small, 'everywhere', { wish: 'small' }), 'original');
});

test('what the browser cannot play is played small, once that is there', () => {
  assert.equal(choose('ready', 'nowhere'), 'small');
  assert.equal(choose('ready', 'phones'), 'original');
  assert.equal(choose('ready', 'phones', { playsHevc: false }), 'small');
  assert.equal(choose('ready', 'everywhere', { hasFailed: true }), 'small');
  assert.equal(choose('making', 'nowhere', { hasFailed: true }), 'original');
});

test('a choice is offered only where there is one, or where something is to be said', () => {
  assert.deepEqual(
    (['ready', 'making', 'needless', 'none'] as const).map((small) => hasChoice({ small, problem: null })),
    [true, true, false, false],
  );
  assert.equal(hasChoice({ small: 'none', problem: { code: 'damaged', message: 'It is damaged.' } }), true);
});
