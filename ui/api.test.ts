import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { pictureUrl, RequestProblem, readAnswer } from './api.ts';

function refusal(status: number, body: string): RequestProblem {
  try {
    readAnswer(status, body);
  } catch (error) {
    if (error instanceof RequestProblem) return error;
    throw error;
  }
  throw new Error('was not refused');
}

test('a refused request speaks in the words of the server', () => {
  const problem = refusal(400, '{"message":"You share with this person already.","code":"partner_exists"}');
  assert.equal(problem.message, 'You share with this person already.');
  assert.equal(problem.status, 400);
  assert.equal(problem.code, 'partner_exists');
});

test('a refused form names what is wrong with it', () => {
  const body = JSON.stringify({
    message: 'Validation failed',
    code: 'validation',
    errors: [{ path: ['email'], message: 'email must be an e-mail address' }],
  });
  assert.equal(refusal(400, body).message, 'The box does not accept this: e-mail address.');
});

test('an error page of something in between does not reach the reader as markup', () => {
  const problem = refusal(502, '<html><body>Bad gateway</body></html>');
  assert.match(problem.message, /502/);
  assert.doesNotMatch(problem.message, /</);
});

test('a page that is not ours is a problem even when it says 200', () => {
  assert.match(refusal(200, '<html>Log in to the hotel network</html>').message, /does not understand/);
});

test('an answer without a body is an answer', () => {
  assert.equal(readAnswer(204, ''), undefined);
});

/** The page's address for one test; Node has none. */
function standAt(t: TestContext, pathname: string): void {
  Object.assign(globalThis, { location: { pathname } });
  t.after(() => {
    Reflect.deleteProperty(globalThis, 'location');
  });
}

test('the thumbhash in the address of a picture survives its plus and slash', (t) => {
  standAt(t, '/');
  const url = new URL(pictureUrl('id', 'preview', 'a+b/c='), 'http://box');
  assert.equal(url.searchParams.get('c'), 'a+b/c=');
  assert.equal(url.searchParams.get('size'), 'preview');
});

test('on the page of a link every address of a picture carries its key', (t) => {
  standAt(t, '/share/abc/photos/5b0b9d5c-8a0e-4d1b-9c53-0d9fd4b7a001');
  const url = new URL(pictureUrl('id', 'preview', 'hash'), 'http://box');
  assert.equal(url.searchParams.get('key'), 'abc');
  assert.equal(url.searchParams.get('size'), 'preview');
});
