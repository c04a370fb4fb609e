import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** The smallest model there is, in ONNX's protobuf: two floats in, the same two out (one Identity node, opset 13). */
const IDENTITY_MODEL = Buffer.from(
  [
    '0808', // ir_version 8
    '42040a00100d', // opset 13 of the standard operators
    '3a37', // graph, 55 bytes
    '0a10' + '0a0178' + '120179' + '22084964656e74697479', // node: x → y, "Identity"
    '120167', // name "g"
    '5a0f' + '0a0178' + '120a0a0808011204' + '0a020802', // input x: float[2]
    '620f' + '0a0179' + '120a0a0808011204' + '0a020802', // output y: float[2]
  ].join(''),
  'hex',
);

test('the runtime for models is installed without GPU libraries, and runs a model', async () => {
  const session = await InferenceSession.create(IDENTITY_MODEL);
  const { y } = await session.run({ x: new Tensor('float32', [1.5, -2], [2]) });
  assert.deepEqual([...(y!.data as Float32Array)], [1.5, -2]);
  const folder = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
  const libraries = readdirSync(join(folder, 'bin'), { recursive: true, encoding: 'utf8' });
  assert.deepEqual(
    libraries.filter((name) => /cuda|tensorrt/i.test(name)),
    [],
  );
});
