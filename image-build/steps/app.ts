import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleApp, findAppPackages, nodePackage } from '../bundle.ts';
import { fetchPackages } from '../fetch-packages.ts';
import type { PackageLock } from '../npm-closure.ts';
import type { StepContext } from './step.ts';

/** Bundles the app for the device: `app` is copied to it, `packages.json` says what of others is in it. */
export async function makeApp({ plan, root, out, appCacheDir, say }: StepContext): Promise<void> {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as PackageLock;
  const names = await findAppPackages(root, plan.cpu);
  say('fetching npm packages for the device');
  const modules = await fetchPackages({ lock, names, cpu: plan.cpu, folder: join(appCacheDir, plan.cpu) });
  const app = await bundleApp({
    root,
    lock,
    cpu: plan.cpu,
    modules,
    node: join(modules, nodePackage(plan.cpu), 'bin/node'),
    appDir: join(out, 'app.part'),
    mapsDir: join(out, 'maps'),
  });
  renameSync(join(out, 'app.part'), join(out, 'app'));
  writeFileSync(join(out, 'packages.json'), JSON.stringify(app.packages, undefined, 1));
  say(`the app has ${Math.round(app.bytes / 1e6)} MB`);
}
