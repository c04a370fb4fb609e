import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listParts } from './parts-list.ts';

interface Spdx {
  packages: {
    SPDXID: string;
    name: string;
    licenseDeclared: string;
    externalRefs?: { referenceLocator: string }[];
  }[];
  relationships: { relationshipType: string; relatedSpdxElement: string }[];
  creationInfo: { created: string };
}

const list = listParts({
  version: '1.2.3',
  rootHash: 'ab'.repeat(32),
  epochSeconds: 1_795_000_000,
  debs: [
    {
      name: 'libstdc++6',
      version: '1:14.2.0-19',
      arch: 'arm64',
      suite: 'trixie',
      path: 'pool/main/g/gcc-14/libstdc++6_14.2.0-19_arm64.deb',
      bytes: 1,
      sha256: 'c'.repeat(64),
      sets: ['device'],
    },
  ],
  npm: [
    { name: '@fastify/cookie', version: '11.1.5', license: 'MIT', integrity: 'sha512-q80=' },
    { name: 'unlicensed', version: '1.0.0' },
  ],
}) as Spdx;

test('every package of Debian and npm is in the list, under an identifier of its own, and contained in the image', () => {
  assert.deepEqual(
    list.packages.map(({ name }) => name),
    ['shoebox-image', 'libstdc++6', '@fastify/cookie', 'unlicensed'],
  );
  for (const { SPDXID } of list.packages) assert.match(SPDXID, /^SPDXRef-[a-zA-Z0-9.-]+$/);
  assert.equal(new Set(list.packages.map(({ SPDXID }) => SPDXID)).size, 4);
  assert.equal(
    list.relationships.filter(({ relationshipType }) => relationshipType === 'CONTAINS').length,
    3,
  );
});

test('a package is named so that other programs find it, and an unknown licence is not made up', () => {
  const [, deb, npm, bare] = list.packages;
  assert.equal(
    deb?.externalRefs?.[0]?.referenceLocator,
    'pkg:deb/debian/libstdc%2B%2B6@1%3A14.2.0-19?arch=arm64&distro=trixie',
  );
  assert.equal(npm?.externalRefs?.[0]?.referenceLocator, 'pkg:npm/%40fastify/cookie@11.1.5');
  assert.equal(npm?.licenseDeclared, 'MIT');
  assert.equal(bare?.licenseDeclared, 'NOASSERTION');
  assert.equal(list.creationInfo.created, '2026-11-18T11:06:40Z');
});
