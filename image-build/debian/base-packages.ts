/** What a package says of itself, as far as the order of an installation is concerned. */
export interface PackageNeeds {
  name: string;
  /** Every script of every package may count on it. */
  isEssential: boolean;
  /** Each has to be there, by any of its names. */
  needs: readonly (readonly string[])[];
}

/** For `dpkg-deb --show --showformat`; `readPackages` reads it. */
export const PACKAGE_FORMAT =
  '$' + '{Package}\\t$' + '{Essential}\\t$' + '{Priority}\\t$' + '{Pre-Depends}\\t$' + '{Depends}\\n';

/** Reads lines in PACKAGE_FORMAT. */
export function readPackages(text: string): PackageNeeds[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [name = '', essential, priority, before = '', after = ''] = line.split('\t');
      const groups = `${before},${after}`.split(',').filter((group) => group.trim() !== '');
      const needs = groups.map((group) => group.split('|').map((one) => one.trim().replace(/[ (:].*$/, '')));
      return { name, isEssential: essential === 'yes' || priority === 'required', needs };
    });
}

/** The essential packages and all that they need, by the first name that is there. */
export function findBase(packages: readonly PackageNeeds[]): string[] {
  const byName = new Map(packages.map((one) => [one.name, one]));
  const base = new Set<string>();
  const add = (name: string) => {
    const found = byName.get(name);
    if (!found || base.has(name)) return;
    base.add(name);
    for (const group of found.needs) {
      const first = group.find((other) => byName.has(other));
      // A name that no package has, such as awk, stands for one of several; these are essential themselves.
      if (first !== undefined) add(first);
    }
  };
  for (const { name, isEssential } of packages) if (isEssential) add(name);
  return [...base].sort();
}
