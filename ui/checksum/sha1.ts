const BLOCK_BYTES = 64;

/** Takes bytes piece by piece, so that a film need not be in memory. */
export interface Sha1 {
  add: (bytes: Uint8Array) => void;
  /** In base64, as the server writes checksums; nothing may be added afterwards. */
  finish: () => string;
}

/**
 * SHA-1 as in FIPS 180-4. The browser's own is there only over a secure connection, which a box at home mostly has not,
 * and takes a file only whole.
 */
export function createSha1(): Sha1 {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(80);
  const rest = new Uint8Array(BLOCK_BYTES);
  const restView = new DataView(rest.buffer);
  let restBytes = 0;
  let totalBytes = 0;

  function add(bytes: Uint8Array): void {
    totalBytes += bytes.length;
    let at = 0;
    if (restBytes > 0) {
      at = Math.min(bytes.length, BLOCK_BYTES - restBytes);
      rest.set(bytes.subarray(0, at), restBytes);
      restBytes += at;
      if (restBytes < BLOCK_BYTES) return;
      mixBlock(state, words, restView, 0);
      restBytes = 0;
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) mixBlock(state, words, view, at);
    rest.set(bytes.subarray(at));
    restBytes = bytes.length - at;
  }

  function finish(): string {
    const bits = BigInt(totalBytes) * 8n;
    // One bit, then zeros up to the last eight bytes of a block, which say how long it all was.
    const padding = new Uint8Array(((restBytes < 56 ? 56 : 120) - restBytes) | 0);
    padding[0] = 0x80;
    add(padding);
    const length = new Uint8Array(8);
    new DataView(length.buffer).setBigUint64(0, bits);
    add(length);
    const digest = new DataView(new ArrayBuffer(20));
    state.forEach((word, index) => {
      digest.setInt32(4 * index, word);
    });
    return btoa(String.fromCharCode(...new Uint8Array(digest.buffer)));
  }

  return { add, finish };
}

/** The compression of one block of 64 bytes. */
function mixBlock(state: Int32Array, words: Int32Array, view: DataView, at: number): void {
  for (let index = 0; index < 16; index += 1) words[index] = view.getInt32(at + 4 * index);
  for (let index = 16; index < 80; index += 1) {
    const word = words[index - 3]! ^ words[index - 8]! ^ words[index - 14]! ^ words[index - 16]!;
    words[index] = (word << 1) | (word >>> 31);
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  // Four loops instead of one that asks in which of them it is: three times as fast.
  for (let index = 0; index < 20; index += 1) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + 0x5a827999 + e + words[index]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let index = 20; index < 40; index += 1) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + 0x6ed9eba1 + e + words[index]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let index = 40; index < 60; index += 1) {
    const next =
      (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc + e + words[index]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let index = 60; index < 80; index += 1) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + 0xca62c1d6 + e + words[index]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0] = (state[0]! + a) | 0;
  state[1] = (state[1]! + b) | 0;
  state[2] = (state[2]! + c) | 0;
  state[3] = (state[3]! + d) | 0;
  state[4] = (state[4]! + e) | 0;
}
