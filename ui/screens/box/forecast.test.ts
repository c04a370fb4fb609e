import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawLine, planForecast } from './forecast.ts';

const NOW = Date.UTC(2026, 10, 22);
const MONTH_MS = 30.44 * 86_400_000;
const growth = Array.from({ length: 12 }, () => ({ bytes: 10 }));

test('the past is what is taken now, less what came in each month', () => {
  const { past, nowX } = planForecast({
    growth,
    usedBytes: 500,
    totalBytes: 1000,
    fullAt: undefined,
    now: NOW,
  });
  assert.equal(past.length, 12);
  assert.deepEqual(past.at(-1), { x: nowX, y: 0.5 });
  assert.deepEqual(past[0], { x: 0, y: 0.39 });
});

test('the line of the future meets the top on the day when the drives are full', () => {
  const { future, monthsAhead } = planForecast({
    growth,
    usedBytes: 880,
    totalBytes: 1000,
    fullAt: NOW + 12 * MONTH_MS,
    now: NOW,
  });
  assert.equal(monthsAhead, 14);
  assert.equal(future?.[1].y, 1);
  assert.ok(Math.abs((future?.[1].x ?? 0) - 23 / 25) < 1e-9);
});

test('drives that are full in ten years end the plot part of the way up', () => {
  const { future, monthsAhead } = planForecast({
    growth,
    usedBytes: 0,
    totalBytes: 1200,
    fullAt: NOW + 120 * MONTH_MS,
    now: NOW,
  });
  assert.equal(monthsAhead, 36);
  assert.equal(future?.[1].x, 1);
  assert.ok(Math.abs((future?.[1].y ?? 0) - 0.3) < 1e-9);
});

test('without a forecast there is no line ahead, and bytes of others do not fall below nothing', () => {
  const { future, past } = planForecast({
    growth: [{ bytes: 5 }, { bytes: 900 }],
    usedBytes: 100,
    totalBytes: 1000,
    fullAt: undefined,
    now: NOW,
  });
  assert.equal(future, undefined);
  assert.equal(past[0]?.y, 0);
  assert.equal(drawLine(past, 100, 10), 'M0 10L14.3 9');
});
