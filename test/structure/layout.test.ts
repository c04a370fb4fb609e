import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { listFiles, ROOT, readSourceFiles, readSubpaths } from './source-files.ts';

/** Longest source file and longest README of a folder, in lines. */
const FILE_LINES = 400;
const README_LINES = 40;

const paths = listFiles();
const files = readSourceFiles();

test('a source file has at most 400 lines', () => {
  const long = files.filter(({ isTest, lineCount }) => !isTest && lineCount > FILE_LINES);
  assert.deepEqual(
    long.map(({ path, lineCount }) => `${path}: ${lineCount} lines`),
    [],
  );
});

test('lib holds folders only, and every subpath of package.json leads to a folder', () => {
  const stray = readdirSync(join(ROOT, 'services', 'lib'), { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && entry.name !== 'README.md')
    .map(({ name }) => name);
  assert.deepEqual(stray, []);
  for (const [name, folder] of readSubpaths())
    assert.ok(existsSync(join(ROOT, folder)), `${name} → ${folder}`);
});

test('names are kebab-case and say what a file does', () => {
  const named = paths.filter(
    // Names in the root folder and on the device are given by the tools that read them.
    (path) => path.includes('/') && !path.startsWith('os/rootfs/') && !path.startsWith('.'),
  );
  const odd = named.filter(
    (path) =>
      !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(basename(path)) && basename(path) !== 'README.md',
  );
  assert.deepEqual(odd, []);
  const vague = named.filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.)/.test(path));
  assert.deepEqual(vague, []);
});

test('nothing is exported as default', () => {
  const faults = files.flatMap(({ path, defaultExports }) => defaultExports.map((line) => `${path}:${line}`));
  assert.deepEqual(faults, []);
});

test('nothing names a folder of the machine it was written on or the registry it was installed from', () => {
  const patterns = [
    /\/(?:work|Users|home\/(?!\{))\/?\w+\//,
    /\/root\/\w/,
    /https?:\/\/[\w.-]*(?:registry|artifactory|nexus|mirror|proxy)[\w.-]*(?::\d+)?\//i,
    /"resolved":/,
  ];
  const own = join('test', 'structure', 'layout.test.ts');
  const faults = paths
    .filter((path) => path !== own && !/\.(png|jpe?g|gif|webp|heic|mp4|mov|jxl|dng)$/i.test(path))
    .flatMap((path) =>
      readFileSync(join(ROOT, path), 'utf8')
        .split('\n')
        .flatMap((text, index) =>
          patterns.some((pattern) => pattern.test(text)) ? [`${path}:${index + 1}: ${text.trim()}`] : [],
        ),
    );
  assert.deepEqual(faults, []);
});

test('every top-level folder, services and services/lib say in under 40 lines what lives there', () => {
  const folders = readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && paths.some((path) => path.startsWith(`${entry.name}/`)))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('.') && name !== 'docs');
  for (const folder of [...folders, 'services/lib']) {
    const file = join(ROOT, folder, 'README.md');
    assert.ok(existsSync(file), `${folder} has no README.md`);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
    assert.ok(lines < README_LINES, `${folder}/README.md has ${lines} lines`);
  }
});

test('the folders and files that README.md points to are there', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target ?? '');
  assert.ok(links.length > 0);
  assert.deepEqual(
    links.filter((target) => !existsSync(join(ROOT, target))),
    [],
  );
});
