import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, runCommand } from '#runtime/command';
import type { DebianArch, LockedDeb } from './lock.ts';
import { preferencesOf, SUITES, type WantedPackage } from './suites.ts';

/** apt maps its indexes; five suites of two processors are far below this. */
const APT_BYTES = 16 * 1024 ** 3;
const APT_MS = 15 * 60_000;

/** A package as the archive has it, before it is known which sets want it. */
export type FoundDeb = Omit<LockedDeb, 'sets'>;

/** What apt knows of the archive, for one processor, apart from what this machine has installed. */
export interface Archive {
  /** The packages that a system of `wanted` consists of, with all they depend on. */
  solve(wanted: readonly WantedPackage[]): Promise<FoundDeb[]>;
  /** The packages `wanted` alone. */
  find(wanted: readonly WantedPackage[]): Promise<FoundDeb[]>;
}

/**
 * Asks the archive at `mirror` for its indexes, signed by Debian's keys, and keeps them in `folder`. Nothing of the
 * host's own apt takes part but its way to the network.
 */
export async function openArchive(request: {
  folder: string;
  mirror: string;
  arch: DebianArch;
  wanted: readonly WantedPackage[];
}): Promise<Archive> {
  const { folder, mirror, arch, wanted } = request;
  for (const part of ['lists/partial', 'archives/partial'])
    mkdirSync(join(folder, part), { recursive: true });
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const sources = SUITES.map(
    ({ name, archive, components }) =>
      `deb [arch=${arch} signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror}/${archive} ${name} ${components}`,
  );
  const options = Object.entries({
    'APT::Architecture': arch,
    'APT::Architectures': arch,
    'APT::Install-Recommends': 'false',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '3',
    'Dir::State::status': write('status', ''),
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::Cache': folder,
    'Dir::Etc::SourceList': write('sources.list', `${sources.join('\n')}\n`),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': write('preferences', preferencesOf(wanted)),
    'Dir::Etc::PreferencesParts': '/dev/null',
    'DPkg::Options::': '--force-all',
  }).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const apt = async (program: 'apt-get' | 'apt-cache', args: readonly string[]) =>
    (
      await runCommand('env', ['LC_ALL=C.UTF-8', program, ...options, ...args], {
        timeoutMs: APT_MS,
        memoryBytes: APT_BYTES,
        outputBytes: 256 * 1024 ** 2,
      })
    ).toString('utf8');

  await apt('apt-get', ['update', '--error-on=any']);
  const essential = records(await apt('apt-cache', ['dumpavail']))
    .filter((record) => record['Essential'] === 'yes')
    .map((record) => record['Package']!);

  /** Details of `name=version` pairs, from the indexes. */
  const describe = async (chosen: ReadonlyMap<string, string>): Promise<FoundDeb[]> => {
    const suites = suitesByVersion(await apt('apt-cache', ['madison', ...chosen.keys()]));
    const shown = records(
      await apt('apt-cache', ['show', ...[...chosen].map(([name, version]) => `${name}=${version}`)]),
    );
    const found = new Map<string, FoundDeb>();
    for (const record of shown) {
      const { Package: name, Version: version, Architecture: debArch, Filename, Size, SHA256 } = record;
      if (!name || !version || !debArch || !Filename || !Size || !SHA256) continue;
      const suite = suites.get(`${name} ${version}`);
      if (!suite) throw new Error(`apt shows ${name} ${version}, but not the suite that it is in`);
      found.set(name, {
        name,
        version,
        arch: debArch,
        suite,
        path: Filename,
        bytes: Number(Size),
        sha256: SHA256,
      });
    }
    for (const [name, version] of chosen)
      if (found.get(name)?.version !== version)
        throw new Error(`apt chose ${name} ${version}, but does not show it`);
    return [...found.values()];
  };

  return {
    solve: async (packages) => {
      const names = [...new Set([...essential, ...packages.map(({ name }) => name)])];
      let plan: string;
      try {
        plan = await apt('apt-get', ['install', '--simulate', '--yes', '--no-install-recommends', ...names]);
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        throw new Error(`apt finds no way to install the packages for ${arch}:\n${error.stderr.trim()}`, {
          cause: error,
        });
      }
      const chosen = new Map<string, string>();
      for (const [, name, version] of plan.matchAll(/^Inst (\S+) (?:\[[^\]]*\] )?\((\S+) /gm))
        chosen.set(name!, version!);
      return describe(chosen);
    },
    find: async (packages) => {
      const policy = await apt('apt-cache', ['policy', ...packages.map(({ name }) => name)]);
      const chosen = new Map<string, string>();
      for (const [, name, version] of policy.matchAll(/^(\S+):\n {2}Installed: .*\n {2}Candidate: (\S+)$/gm))
        chosen.set(name!, version!);
      return describe(chosen);
    },
  };
}

/** Paragraphs of `Field: value` lines; what goes on over more lines is left out. */
export function records(text: string): Record<string, string>[] {
  return text.split(/\n\n+/).map((paragraph) => {
    const fields = [...paragraph.matchAll(/^([\w-]+): (.*)$/gm)].map(([, name, value]) => [name, value]);
    return Object.fromEntries(fields) as Record<string, string>;
  });
}

/** Of what `apt-cache madison` prints: `name version` → the first of SUITES that has it. */
export function suitesByVersion(madison: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, version, suite] of madison.matchAll(/^ *(\S+) *\| *(\S+) *\| *\S+ ([\w-]+)\/\S+ /gm)) {
    const key = `${name} ${version}`;
    const rank = (suiteName: string | undefined) => SUITES.findIndex((known) => known.name === suiteName);
    const before = found.get(key);
    if (before === undefined || rank(suite) < rank(before)) found.set(key, suite!);
  }
  return found;
}
