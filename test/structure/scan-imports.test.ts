import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scanFile } from './scan-imports.ts';

function specifiers(source: string): string[] {
  return scanFile(source).imports.map(({ specifier }) => specifier);
}

test('every form of import is found, with its line and whether it is only of types', () => {
  const source = `import a from 'a';
import {
  b,
  type c as d,
} from "b";
import 'c'
import * as e from 'e';
import type { F } from 'f';
export * from 'g';
export { h } from 'h';
export type { I } from 'i';
const j = await import('j');
import k, { l } from 'k' with { type: 'json' };
import type from 'm';`;
  assert.deepEqual(
    scanFile(source).imports.map(({ specifier, line, typeOnly }) => [specifier, line, typeOnly]),
    [
      ['a', 1, false],
      ['b', 2, false],
      ['c', 6, false],
      ['e', 7, false],
      ['f', 8, true],
      ['g', 9, false],
      ['h', 10, false],
      ['i', 11, true],
      ['j', 12, false],
      ['k', 13, false],
      ['m', 14, false],
    ],
  );
});

test('what only looks like an import is not one', () => {
  const source = `
// import a from 'no';
/* import b from 'no'; */
const text = "import c from 'no'";
const template = \`import d from 'no'; \${nested(\`import e from 'no' \${{ f: '}' }.f}\`)} import g from 'no'\`;
const pattern = /import h from 'no'/;
const from = parts / 2; const more = 'x' / 2;
export const from2 = 'no';
export function from3() { return import.meta.url; }
module.import('no');
const object = { import: 1, from: 'no' };`;
  assert.deepEqual(specifiers(source), []);
});

test('an import after a template, a regular expression or an apostrophe in JSX is still found', () => {
  assert.deepEqual(specifiers(`const a = \`x\${{ b: \`y\` }}z\`;\nimport c from 'c';`), ['c']);
  assert.deepEqual(specifiers("const a = /[/'`]/g;\nimport c from 'c';"), ['c']);
  assert.deepEqual(specifiers("const a = b / c;\nconst d = e / f;\nimport c from 'c';"), ['c']);
  assert.deepEqual(specifiers("const a = <p>Don't</p>;\nimport('c');"), ['c']);
});

test('default exports are found', () => {
  assert.deepEqual(scanFile('const a = 1;\nexport default a;').defaultExports, [2]);
  assert.deepEqual(scanFile("const words = 'export default';").defaultExports, []);
});
