import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { poolLayout } from '#storage/layout';
import { type GeneratedCatalog, generateCatalog } from './generate-catalog.ts';
import { percentile, report } from './report.ts';
import { startGateway } from './run-gateway.ts';

/** Uploads to each gateway before and while it is measured. */
const WARM_UP = 20;
const ROUNDS = 200;
/** A phone's photo. */
const PHOTO_BYTES = 4_000_000;

/**
 * One more photo for a library of `count`, against one for an empty library: uploads go to two gateways in turn, so
 * that whatever else the machine does hits both. `catalogFile` is a generated catalog and is left as it is.
 */
export async function measureGrown(generatedDir: string, count: number): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'shoebox-grown-'));
  const open = async (name: string, prepare: (file: string) => GeneratedCatalog) => {
    const poolDir = join(scratch, name);
    const file = poolLayout(poolDir).catalogFile;
    mkdirSync(dirname(file), { recursive: true });
    const { token } = prepare(file);
    return { token, gateway: await startGateway(poolDir), times: [] as number[] };
  };
  const empty = await open('empty', (file) => generateCatalog(file, 12));
  const grown = await open('grown', (file) => copyGenerated(generatedDir, count, file));
  try {
    const photo = randomBytes(PHOTO_BYTES);
    const upload = async ({ token, gateway }: typeof empty): Promise<number> => {
      randomBytes(32).copy(photo, PHOTO_BYTES - 32);
      const form = new FormData();
      form.set('fileCreatedAt', '2024-05-01T10:00:00.000Z');
      form.set('assetData', new Blob([photo]), 'photo.jpg');
      const startedAt = performance.now();
      const response = await fetch(`${gateway.url}/api/assets`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: form,
      });
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      await response.arrayBuffer();
      return performance.now() - startedAt;
    };
    for (let round = -WARM_UP; round < ROUNDS; round++)
      for (const library of round % 2 === 0 ? [empty, grown] : [grown, empty]) {
        const tookMs = await upload(library);
        if (round >= 0) library.times.push(tookMs);
      }
    const [before, after] = [empty, grown].map(({ times }) => percentile(times, 0.5)) as [number, number];
    report('upload of 4 MB into an empty library, median', before, 'ms');
    report(`upload of 4 MB into a library of ${count}, median`, after, 'ms');
    report('ratio', after / before, '×', 1.1);
  } finally {
    await empty.gateway.stop();
    await grown.gateway.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function copyGenerated(dir: string, count: number, file: string): GeneratedCatalog {
  const poolDir = join(dir, `library-${count}`);
  const noteFile = join(poolDir, 'generated.json');
  const made = poolLayout(poolDir).catalogFile;
  if (!existsSync(noteFile)) {
    mkdirSync(dirname(made), { recursive: true });
    writeFileSync(noteFile, JSON.stringify(generateCatalog(made, count)));
  }
  copyFileSync(made, file);
  return JSON.parse(readFileSync(noteFile, 'utf8')) as GeneratedCatalog;
}
