import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goRound } from '../../map/draw-world.ts';
import { boxText, fitView, latitudeOf, longitudeOf, xOf, yOf, zoomAt } from '../../map/mercator.ts';
import { readWorld } from '../../map/world.ts';
import { packWorldMap } from '../../map-file.ts';
import { createMarkers } from './clusters.ts';

const SIZE = { widthPx: 800, heightPx: 500 };

const marker = (id: string, lat: number, lon: number, city: string | null = null) => ({
  ...{ id, lat, lon, city },
  state: null,
  country: null,
});

test('the map survives being packed: land is where it is, and stays in the world', () => {
  const { lands, borders } = readWorld(packWorldMap().buffer as ArrayBuffer);
  assert.ok(lands.length > 1000 && borders.length > 100);
  for (const line of [...lands, ...borders])
    for (const value of line) assert.ok(value >= 0 && value <= 1, `${value}`);
  const isLand = (latitude: number, longitude: number) =>
    lands.filter((line) => isInside(line, xOf(longitude), yOf(latitude))).length % 2 === 1;
  assert.ok(isLand(52.5, 13.4), 'Berlin');
  assert.ok(isLand(-23.5, 133), 'Alice Springs');
  assert.ok(!isLand(45, -30), 'the Atlantic');
});

test('land across the edge of the world stays in one piece, and what goes round the world is closed at the pole', () => {
  assert.deepEqual(
    [...goRound(Float64Array.of(0.9, 0.2, 0.98, 0.2, 0.02, 0.3, 0.97, 0.3, 0.9, 0.2), true)],
    [0.9, 0.2, 0.98, 0.2, 1.02, 0.3, 0.97, 0.3, 0.9, 0.2],
  );
  assert.deepEqual(
    [...goRound(Float64Array.of(0.1, 0.9, 0.5, 0.9, 0.9, 0.9, 0.1, 0.9), true)],
    [0.1, 0.9, 0.5, 0.9, 0.9, 0.9, 1.1, 0.9, 1.1, 1, 0.1, 1],
  );
  // In all of the map no line jumps back any more.
  const { lands, borders } = readWorld(packWorldMap().buffer as ArrayBuffer);
  for (const line of [...lands, ...borders].map((one) => goRound(one, false)))
    for (let at = 2; at < line.length; at += 2)
      assert.ok(Math.abs(line[at]! - line[at - 2]!) <= 0.5, `${line[at]}`);
});

function isInside(line: Float64Array, x: number, y: number): boolean {
  let isIn = false;
  for (let at = 0; at < line.length; at += 2) {
    const next = (at + 2) % line.length;
    const [ax, ay, bx, by] = [line[at]!, line[at + 1]!, line[next]!, line[next + 1]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) isIn = !isIn;
  }
  return isIn;
}

test('degrees come back from the square, and what is under the pointer stays there', () => {
  assert.ok(Math.abs(latitudeOf(yOf(48.2)) - 48.2) < 1e-9);
  assert.ok(Math.abs(longitudeOf(xOf(-9.14)) + 9.14) < 1e-9);
  const view = fitView({ x: 0.5, y: 0.4, worldPx: 2000 }, SIZE);
  const near = zoomAt(view, SIZE, 2, 600, 100);
  assert.ok(Math.abs(view.x + 200 / view.worldPx - (near.x + 200 / near.worldPx)) < 1e-12);
  assert.ok(Math.abs(view.y - 150 / view.worldPx - (near.y - 150 / near.worldPx)) < 1e-12);
});

test('photos that are near each other are one cluster until the map comes nearer', () => {
  const markers = createMarkers();
  markers.add([marker('a', 43.7, 7.27, 'Nice'), marker('b', 43.71, 7.28, 'Nice'), marker('c', 38.72, -9.14)]);
  const far = markers.cluster(fitView({ x: xOf(0), y: yOf(42), worldPx: 4000 }, SIZE), SIZE);
  assert.deepEqual(
    far.map(({ count, name }) => [count, name]),
    [
      [2, 'Nice'],
      [1, ''],
    ],
  );
  const near = markers.cluster(fitView({ x: xOf(7.275), y: yOf(43.705), worldPx: 2_000_000 }, SIZE), SIZE);
  assert.deepEqual(near.map(({ assetId }) => assetId).sort(), ['a', 'b']);
  assert.deepEqual(
    markers.towns().map(({ name, count }) => [name, count]),
    [['Nice', 2]],
  );
});

test('photos on both sides of the date line are seen together', () => {
  const markers = createMarkers();
  markers.add([marker('fiji', -17, 179.8), marker('samoa', -17, -179.8)]);
  const view = fitView({ x: 0, y: yOf(-17), worldPx: 400_000 }, SIZE);
  const found = markers.cluster(view, SIZE).map(({ assetId, rightPx }) => [assetId, Math.sign(rightPx)]);
  assert.deepEqual(found.sort(), [
    ['fiji', -1],
    ['samoa', 1],
  ]);
  const [west, , east] = boxText(view, SIZE).split(',').map(Number);
  assert.ok(west! > 179 && east! < -179, 'the box goes over the line');
});

test('a list grows beyond its first places', () => {
  const markers = createMarkers();
  markers.add(Array.from({ length: 10_000 }, (_, at) => marker(String(at), 10, 10)));
  assert.equal(markers.count(), 10_000);
  assert.equal(
    markers.cluster(fitView({ x: xOf(10), y: yOf(10), worldPx: 1000 }, SIZE), SIZE)[0]!.count,
    10_000,
  );
});
