import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Person } from '../../calls/people.ts';
import { findAlike, pickStaying } from './alike.ts';

const called = (name: string, id = name): Person => ({
  id,
  name,
  birthDate: null,
  thumbnailPath: '',
  isHidden: false,
  isFavorite: false,
  updatedAt: '2026-11-22T00:00:00.000Z',
});

test('people with a name that begins alike or shares a word come first, and those without a name', () => {
  const people = ['Ánna', 'Ann', 'Ben', 'Anna Berger', 'Eva Anna', ''].map((name) => called(name));
  const { alike, others } = findAlike(called('Anna', 'me'), people);
  assert.deepEqual(
    alike.map(({ name }) => name),
    ['Ánna', 'Ann', 'Anna Berger', 'Eva Anna', ''],
  );
  assert.deepEqual(
    others.map(({ name }) => name),
    ['Ben'],
  );
});

test('nobody is offered as the same as themselves', () => {
  const anna = called('Anna');
  assert.deepEqual(findAlike(anna, [anna]), { alike: [], others: [] });
});

test('the one with a name stays', () => {
  assert.equal(pickStaying(called('', '1'), called('Ben')).stays.name, 'Ben');
  assert.equal(pickStaying(called('Anna'), called('Ben')).stays.name, 'Anna');
  assert.equal(pickStaying(called('Anna'), called('', '2')).goes.name, '');
});
