/** One suite of Debian's archive that packages may come from. */
export interface Suite {
  name: string;
  /** Below the mirror: the main archive or the security archive. */
  archive: 'debian' | 'debian-security';
  components: string;
  /** apt's priority: below 0 nothing comes from it unasked. */
  priority: number;
}

/** trixie and its fixes; the others give only what a list asks of them by name. */
export const SUITES: readonly Suite[] = [
  { name: 'trixie', archive: 'debian', components: 'main non-free-firmware', priority: 500 },
  { name: 'trixie-updates', archive: 'debian', components: 'main non-free-firmware', priority: 500 },
  {
    name: 'trixie-security',
    archive: 'debian-security',
    components: 'main non-free-firmware',
    priority: 500,
  },
  { name: 'trixie-backports', archive: 'debian', components: 'main non-free-firmware', priority: -5 },
  { name: 'forky', archive: 'debian', components: 'main non-free-firmware', priority: -10 },
];

/** Debian's own public name, which finds a mirror nearby. */
export const DEFAULT_MIRROR = 'http://deb.debian.org';

/** A line of a package list: the package and, where it is not trixie, its suite. */
export interface WantedPackage {
  name: string;
  suite: string | undefined;
}

/** Reads a list: one `name` or `name/suite` a line, `#` starts a remark. Throws on anything else. */
export function readPackageList(text: string, file: string): WantedPackage[] {
  return contentLines(text).map((line) => {
    const [, name, suite] = /^([a-z0-9][a-z0-9+.-]+)(?:\/([a-z-]+))?$/.exec(line) ?? [];
    if (!name) throw new Error(`${file}: not a package or package/suite: ${line}`);
    if (suite !== undefined && !SUITES.some((known) => known.name === suite))
      throw new Error(`${file}: no such suite: ${line}`);
    return { name, suite };
  });
}

/** Reads a list of the form `package: programs`, as os/packages/*.txt is, for its packages. */
export function readProgramList(text: string): WantedPackage[] {
  return contentLines(text).map((line) => ({ name: line.split(':')[0]!.trim(), suite: undefined }));
}

/** Lines that are neither empty nor a remark. */
export function contentLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
}

/** apt's preferences that take each wanted package from its suite and all else from trixie. */
export function preferencesOf(wanted: readonly WantedPackage[]): string {
  const suites = SUITES.map(
    ({ name, priority }) => `Package: *\nPin: release n=${name}\nPin-Priority: ${priority}\n`,
  );
  const pins = wanted
    .filter(({ suite }) => suite !== undefined)
    .map(({ name, suite }) => `Package: ${name}\nPin: release n=${suite}\nPin-Priority: 990\n`);
  return [...suites, ...pins].join('\n');
}
