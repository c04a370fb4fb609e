import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestProblem, type UploadAnswer } from './api.ts';
import { createUploadQueue, type UploadQueue, type UploadQueueParts } from './upload-queue.ts';

function file(name: string, bytes = 10): File {
  return new File([new Uint8Array(bytes)], name);
}

/** A queue whose box takes everything, but for what `parts` says. */
function openQueue(parts: Partial<UploadQueueParts> = {}): UploadQueue {
  return createUploadQueue({
    send: async ({ name }) => ({ id: name, status: 'created' }),
    isReachable: async () => true,
    pause: async () => {},
    onStored: () => {},
    ...parts,
  });
}

/** Resolves once everything given to the queue has an outcome. */
function finished(queue: UploadQueue): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const { doneCount, totalCount } = queue.state.get();
      if (doneCount === totalCount) resolve();
    };
    queue.state.subscribe(look);
    look();
  });
}

test('no more than three files are on their way at once, and all arrive', async () => {
  let running = 0;
  let most = 0;
  const queue = openQueue({
    send: async ({ name }) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return { id: name, status: 'created' };
    },
  });
  queue.add(Array.from({ length: 10 }, (_, index) => file(`${index}.jpg`)));
  await finished(queue);
  assert.equal(most, 3);
  assert.equal(queue.state.get().stored.length, 10);
});

test('the receipt tells stored, already there and failed apart, with the words of the server', async () => {
  const storedIds: string[] = [];
  const queue = openQueue({
    send: async ({ name }): Promise<UploadAnswer> => {
      if (name === 'letter.docx') throw new RequestProblem(400, 'Unsupported file type letter.docx');
      return { id: name, status: name === 'again.jpg' ? 'duplicate' : 'created' };
    },
    onStored: () => storedIds.push('stored'),
  });
  queue.add([file('new.jpg'), file('again.jpg'), file('letter.docx')]);
  await finished(queue);
  const { stored, duplicates, failed } = queue.state.get();
  assert.deepEqual(stored, ['new.jpg']);
  assert.deepEqual(duplicates, ['again.jpg']);
  assert.deepEqual(
    failed.map(({ name, reason }) => [name, reason]),
    [['letter.docx', 'Unsupported file type letter.docx']],
  );
  assert.equal(storedIds.length, 1);
});

test('progress counts the bytes of all files, and a finished file counts whole', async () => {
  const seen: number[] = [];
  const queue = openQueue({
    send: async ({ name }, onProgress) => {
      onProgress(50);
      seen.push(queue.state.get().sentBytes);
      // The request is longer than the file in it.
      onProgress(130);
      seen.push(queue.state.get().sentBytes);
      return { id: name, status: 'created' };
    },
  });
  queue.add([file('a.jpg', 100)]);
  await finished(queue);
  assert.deepEqual(seen, [50, 100]);
  assert.deepEqual([queue.state.get().sentBytes, queue.state.get().totalBytes], [100, 100]);
});

test('a box that stops answering makes the queue wait, and the file is sent when it is back', async () => {
  let tries = 0;
  const answers = [false, false, true];
  const offline: boolean[] = [];
  const queue = openQueue({
    send: async ({ name }) => {
      tries += 1;
      if (tries === 1) throw new RequestProblem(0, 'no answer');
      return { id: name, status: 'created' };
    },
    isReachable: async () => answers.shift() ?? true,
    pause: async () => {
      offline.push(queue.state.get().isOffline);
    },
  });
  queue.add([file('a.jpg')]);
  await finished(queue);
  assert.deepEqual(offline, [true, true]);
  assert.equal(queue.state.get().isOffline, false);
  assert.deepEqual(queue.state.get().stored, ['a.jpg']);
});

test('a file that keeps breaking off while the box answers is reported as failed', async () => {
  let tries = 0;
  const queue = openQueue({
    send: async () => {
      tries += 1;
      throw new RequestProblem(0, 'cannot be read');
    },
  });
  queue.add([file('gone.jpg')]);
  await finished(queue);
  assert.equal(tries, 3);
  assert.equal(queue.state.get().failed[0]?.reason, 'cannot be read');
});

test('stopping lists what was not sent, and files added afterwards are sent', async () => {
  const queue = openQueue({
    send: ({ name }, _onProgress, signal) =>
      name === 'later.jpg'
        ? Promise.resolve({ id: name, status: 'created' })
        : new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new RequestProblem(0, 'broken off')));
          }),
  });
  queue.add(['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg'].map((name) => file(name)));
  queue.stop('stopped by you');
  queue.add([file('later.jpg')]);
  await finished(queue);
  const { failed, stored } = queue.state.get();
  assert.deepEqual(failed.map(({ name }) => name).sort(), ['1.jpg', '2.jpg', '3.jpg', '4.jpg', '5.jpg']);
  assert.deepEqual(new Set(failed.map(({ reason }) => reason)), new Set(['stopped by you']));
  assert.deepEqual(stored, ['later.jpg']);
});

test('failed files can be tried again and then count as stored', async () => {
  let isFull = true;
  const queue = openQueue({
    send: async ({ name }) => {
      if (isFull) throw new RequestProblem(507, 'The drives are full.');
      return { id: name, status: 'created' };
    },
  });
  queue.add([file('a.jpg'), file('b.jpg')]);
  await finished(queue);
  isFull = false;
  queue.retryFailed();
  await finished(queue);
  const { failed, stored, totalCount, sentBytes } = queue.state.get();
  assert.deepEqual([failed.length, stored.length, totalCount, sentBytes], [0, 2, 2, 20]);
});

test('what the box has already is not sent, and what it lacks is sent with its checksum', async () => {
  const sent: (string | undefined)[] = [];
  const queue = openQueue({
    readChecksum: async ({ name }) => (name === 'unreadable.jpg' ? undefined : `sum of ${name}`),
    isThere: async (_, checksum) => checksum === 'sum of old.jpg',
    send: async ({ name }, _onProgress, _signal, checksum) => {
      sent.push(checksum);
      return { id: name, status: 'created' };
    },
  });
  queue.add([file('old.jpg'), file('new.jpg'), file('unreadable.jpg')]);
  await finished(queue);
  assert.deepEqual(sent.sort(), ['sum of new.jpg', undefined]);
  assert.deepEqual(queue.state.get().duplicates, ['old.jpg']);
  assert.equal(queue.state.get().sentBytes, 30);
});

test('the question whether a file is there waits for a box that is away', async () => {
  let looks = 0;
  const queue = openQueue({
    readChecksum: async () => 'sum',
    isThere: async () => {
      if (looks === 0) throw new RequestProblem(0, 'away');
      return true;
    },
    isReachable: async () => ++looks > 2,
  });
  queue.add([file('a.jpg')]);
  await finished(queue);
  assert.deepEqual(queue.state.get().duplicates, ['a.jpg']);
  assert.equal(queue.state.get().isOffline, false);
});

test('what a page before left is told again, and sent once somebody wants it', async () => {
  const queue = openQueue();
  queue.recall({
    waiting: [file('waiting.jpg')],
    missing: ['large.mov'],
    settled: [
      { keptId: '1', name: 'stored.jpg', outcome: { kind: 'stored' } },
      { keptId: '2', name: 'bad.jpg', outcome: { kind: 'failed', reason: 'No room' }, file: file('bad.jpg') },
    ],
  });
  const before = queue.state.get();
  assert.deepEqual([before.stored, before.totalCount, before.doneCount], [['stored.jpg'], 2, 2]);
  assert.equal(before.failed[0]?.reason, 'No room');

  queue.resume();
  await finished(queue);
  assert.deepEqual(queue.state.get().stored, ['stored.jpg', 'waiting.jpg']);
  assert.deepEqual(queue.state.get().interrupted?.missing, ['large.mov']);
  queue.add([file('large.mov')]);
  assert.equal(queue.state.get().interrupted, undefined);
  queue.retryFailed();
  await finished(queue);
  assert.deepEqual(queue.state.get().failed, []);
});

test('a page that goes away leaves what waits without an outcome', async () => {
  let release = () => {};
  const queue = openQueue({
    send: (_file, _onProgress, signal) =>
      new Promise((_, reject) => {
        release = () => reject(new RequestProblem(0, 'stopped'));
        signal.addEventListener('abort', () => release());
      }),
  });
  queue.add([file('a.jpg'), file('b.jpg')]);
  queue.leave('left');
  await new Promise((resolve) => setImmediate(resolve));
  const { failed, stored, doneCount } = queue.state.get();
  assert.deepEqual([failed, stored, doneCount], [[], [], 0]);
});
