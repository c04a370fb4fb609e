import type { LockedDeb } from './debian/lock.ts';

/** An npm package that is in the app. */
export interface NpmPart {
  name: string;
  version: string;
  /** SPDX expression; undefined where the package says none. */
  license?: string | undefined;
  /** Subresource Integrity of its archive, `sha512-…`. */
  integrity?: string | undefined;
}

/** SPDX's words for what nobody has looked at. */
const UNKNOWN = 'NOASSERTION';

/**
 * The list of everything of others in an image, in the form of SPDX 2.3 (spdx.github.io/spdx-spec/v2.3): each Debian
 * package with the hash of its archive, each npm package with that and its licence. Debian's licences are in the
 * image, at /usr/share/doc.
 */
export function listParts(image: {
  version: string;
  rootHash: string;
  epochSeconds: number;
  debs: readonly LockedDeb[];
  npm: readonly NpmPart[];
}): object {
  const { version, rootHash, epochSeconds, debs, npm } = image;
  const self = 'SPDXRef-Image';
  const packages = [
    {
      SPDXID: self,
      name: 'shoebox-image',
      versionInfo: version,
      downloadLocation: UNKNOWN,
      filesAnalyzed: false,
      licenseConcluded: UNKNOWN,
      licenseDeclared: 'Apache-2.0',
      copyrightText: UNKNOWN,
    },
    ...debs.map((deb) => ({
      SPDXID: idOf('deb', deb.name, deb.version, deb.arch),
      name: deb.name,
      versionInfo: deb.version,
      supplier: 'Organization: Debian',
      downloadLocation: UNKNOWN,
      filesAnalyzed: false,
      licenseConcluded: UNKNOWN,
      licenseDeclared: UNKNOWN,
      copyrightText: UNKNOWN,
      checksums: [{ algorithm: 'SHA256', checksumValue: deb.sha256 }],
      externalRefs: [
        purl(
          `pkg:deb/debian/${encode(deb.name)}@${encode(deb.version)}?arch=${deb.arch}&distro=${deb.suite}`,
        ),
      ],
    })),
    ...npm.map(({ name, version: npmVersion, license, integrity }) => ({
      SPDXID: idOf('npm', name, npmVersion),
      name,
      versionInfo: npmVersion,
      downloadLocation: UNKNOWN,
      filesAnalyzed: false,
      licenseConcluded: UNKNOWN,
      licenseDeclared: license ?? UNKNOWN,
      copyrightText: UNKNOWN,
      ...(integrity?.startsWith('sha512-') && {
        checksums: [
          { algorithm: 'SHA512', checksumValue: Buffer.from(integrity.slice(7), 'base64').toString('hex') },
        ],
      }),
      externalRefs: [purl(`pkg:npm/${name.split('/').map(encode).join('/')}@${encode(npmVersion)}`)],
    })),
  ];
  const contained = [...new Map(packages.map((part) => [part.SPDXID, part])).values()];
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `shoebox-image-${version}`,
    // Has to be unlike that of any other document, but leads nowhere.
    documentNamespace: `https://spdx.org/spdxdocs/shoebox-image-${version}-${rootHash}`,
    creationInfo: {
      created: new Date(epochSeconds * 1000).toISOString().replace('.000', ''),
      creators: ['Tool: shoebox-image-build'],
    },
    packages: contained,
    relationships: [
      { spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: self },
      ...contained.slice(1).map(({ SPDXID }) => ({
        spdxElementId: self,
        relationshipType: 'CONTAINS',
        relatedSpdxElement: SPDXID,
      })),
    ],
  };
}

/** Letters, digits, dots and dashes are all that an identifier may have. */
const idOf = (...words: string[]): string => `SPDXRef-${words.join('-').replace(/[^a-zA-Z0-9.-]/g, '-')}`;
const encode = (text: string): string => encodeURIComponent(text);
const purl = (locator: string): object => ({
  referenceCategory: 'PACKAGE-MANAGER',
  referenceType: 'purl',
  referenceLocator: locator,
});
