import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Person } from '../calls/people.ts';
import { newName, peopleLike } from './person-choice.ts';

const person = (name: string): Person => ({
  ...{ id: name, name, birthDate: null, isHidden: false, isFavorite: false, thumbnailPath: '' },
  updatedAt: '2026-01-01T00:00:00.000Z',
});
const PEOPLE = ['Grandpa Josef', '', 'Élodie', 'Jo', 'Anna-Josefine'].map(person);
const names = (typed: string) => peopleLike(PEOPLE, typed).map(({ name }) => name);

test('people are found by the beginning of any of their names, those that begin so first', () => {
  assert.deepEqual(names('jo'), ['Jo', 'Grandpa Josef', 'Anna-Josefine']);
  assert.deepEqual(names('elo'), ['Élodie']);
  assert.deepEqual(names('osef'), []);
  assert.deepEqual(names(' '), ['Grandpa Josef', 'Élodie', 'Jo', 'Anna-Josefine']);
});

test('a new person is offered only under a name that nobody has', () => {
  assert.equal(newName(PEOPLE, ' Ben '), 'Ben');
  assert.equal(newName(PEOPLE, 'elodie'), undefined);
  assert.equal(newName(PEOPLE, '  '), undefined);
});
