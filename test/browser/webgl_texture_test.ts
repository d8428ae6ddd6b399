/**
 * The textures of the webgl kernels beyond their matrix, and labels at the limit of floats.
 */
import * as tf from '@tensorflow/tfjs';

import {sparseSoftmaxCrossEntropyWithLogits as nn} from '../../src/index';
import {runGrad, runLoss} from '../../src/run_kernels';
import {describeBackend, describeEachVariant, SHADERS_ONLY} from '../helpers/backends';
import {hessianProduct} from '../helpers/oracle';
import {classIds, normals} from '../helpers/random';
import {webglBackend} from '../helpers/webgl_probe';

/** All that a packed texture holds: four numbers a texel, line by line. */
function texelsOf(dataId: object): {texels: Float32Array; isPacked: boolean} {
  const {texture, texShape, isPacked} = webglBackend().texData.get(dataId);
  const [height, width] = texShape!.map((size) => Math.ceil(size / 2));
  const {gl} = webglBackend().getGPGPUContext();
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture!.texture, 0);
  const texels = new Float32Array(4 * width * height);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, texels);
  gl.bindFramebuffer(gl.FRAMEBUFFER, webglBackend().getGPGPUContext().framebuffer);
  gl.deleteFramebuffer(framebuffer);
  return {texels, isPacked: isPacked!};
}

/** Those of the numbers that are not of the matrix [rows, columns]. */
function padding({dataId}: {dataId: object}, rows: number, columns: number): number[] {
  const {texels, isPacked} = texelsOf(dataId);
  expect(isPacked).toBeTrue();
  const texelsPerRow = Math.ceil(columns / 2);
  return [...texels].filter((_, i) => {
    const texel = Math.floor(i / 4);
    const row = 2 * Math.floor(texel / texelsPerRow) + ((i >> 1) & 1);
    return row >= rows || 2 * (texel % texelsPerRow) + (i & 1) >= columns;
  });
}

for (const [name, limit] of [
  ['wide textures', 16384],
  ['textures of 64', 64],
] as const) {
  describeBackend(
    'webgl',
    `padding, ${name},`,
    () => {
      for (const [batch, numClasses] of [
        [64, 33],
        [7, 33],
        [7, 10],
        [1, 5],
        [5, 1],
        [3, 200],
        [33, 64],
        [65, 101],
      ]) {
        it(`is 0 in all that is packed: [${batch}, ${numClasses}]`, () => {
          const values = normals(batch * numClasses, 1, -100, 1);
          // NaN / NaN where a texel is not full, as tf.js's own ops leave it.
          const features = tf.div(
            tf.tensor2d(values, [batch, numClasses]),
            tf.ones([batch, numClasses]),
          );
          const labels = tf.tensor1d(classIds(batch, numClasses, 2), 'int32');
          for (const labelSmoothing of [0, 0.1]) {
            const webgl = webglBackend();
            const {runWebGLProgram} = webgl;
            const rowTerms: number[] = [];
            webgl.runWebGLProgram = (program, ...rest) => {
              const info = runWebGLProgram.call(webgl, program, ...rest);
              if (program.constructor.name === 'RowTermsProgram') {
                // Its rows are those of the batch made even: the last is padding of the batch.
                const {texels} = texelsOf(info.dataId);
                rowTerms.push(...texels.subarray(4 * batch));
              }
              return info;
            };
            try {
              const [, statistics] = runLoss({features, labels}, {labelSmoothing});
              const [rows, columns] = statistics.shape;
              if (columns! > 0)
                expect(padding(statistics, rows, columns!).every((x) => x === 0)).toBeTrue();
              const grad = runGrad(
                {dy: tf.ones([batch]), features, labels, statistics},
                {uniformScale: labelSmoothing / numClasses},
              );
              const beyond = padding(grad, batch, numClasses);
              expect(beyond.filter((x) => x !== 0)).toEqual([]);
              expect(beyond.length > 0 || (batch % 2 === 0 && numClasses % 2 === 0)).toBeTrue();
              expect(rowTerms.filter((x) => x !== 0)).toEqual([]);
            } finally {
              Object.assign(webgl, {runWebGLProgram});
            }
          }
        });
      }

      it('reaches no hidden gradient through matMul', async () => {
        const [batch, hidden, numClasses] = [64, 8, 33];
        const x = tf.tensor2d(normals(batch * hidden, 1, 0, 1), [batch, hidden]);
        const w = tf.tensor2d(normals(hidden * numClasses, 1, 0, 2), [hidden, numClasses]);
        const labels = tf.tensor1d(classIds(batch, numClasses, 3), 'int32');
        const lossAt = (bias: number) => (x: tf.Tensor) =>
          nn(labels, tf.add(tf.matMul(x as tf.Tensor2D, w), tf.fill([numClasses], bias)));
        const want = await tf.grad(lossAt(0))(x).data();
        await expectAsync(tf.grad(lossAt(-100))(x)).toBeAllClose(want, {absolute: 2e-4});
      });
    },
    {...SHADERS_ONLY, WEBGL_MAX_TEXTURE_SIZE: limit},
  );
}

describeEachVariant('a Hessian times a vector, far rows', () => {
  const lowest = -Infinity;
  for (const numClasses of [3, 40]) {
    it(`is TensorFlow's: ${numClasses} classes`, async () => {
      const rows = [[-3e38, -3e38, -2e38], [-3e38], [lowest], [1, 2, 3], [-3e38, lowest, -3e38]];
      const logits = Float32Array.from(
        rows.flatMap((row) =>
          Array.from({length: numClasses}, (_, j) => row[j] ?? row[row.length - 1]),
        ),
      );
      const labels = [2, 1, 0, 2, 0];
      const v = normals(logits.length, 1, 0, 4);
      const f = (x: tf.Tensor) => nn(tf.tensor1d(labels, 'int32'), x);
      const gradient = (x: tf.Tensor) => tf.grad(f)(x);
      const shape: [number, number] = [rows.length, numClasses];
      const hessian = tf.grad(gradient)(tf.tensor2d(logits, shape), tf.tensor2d(v, shape));
      await expectAsync(hessian).toBeAllClose(hessianProduct({logits, labels, numClasses}, v), {
        absolute: 4e-6,
      });
    });
  }
});

describeBackend(
  'webgl',
  'labels of 2^23 and more',
  () => {
    it('are themselves, not their neighbours', async () => {
      const numClasses = 2 ** 23 + 4;
      const label = 2 ** 23 + 1;
      const values = new Float32Array(numClasses);
      values[label] = 7; // e^7 is little beside the sum of 8 million ones.
      const labels = tf.tensor1d([label], 'int32');
      const logSumExp = Math.log(numClasses - 1 + Math.exp(7));
      const f = (x: tf.Tensor) => nn(labels, x);
      const {value, grad} = tf.valueAndGrad(f)(tf.tensor2d(values, [1, numClasses]));
      await expectAsync(value).toBeAllClose([logSumExp - 7], {relative: 1e-5});
      const around = tf.slice(grad as tf.Tensor2D, [0, label - 1], [1, 3]);
      const p = Math.exp(-logSumExp);
      await expectAsync(around).toBeAllClose([p, Math.exp(7) * p - 1, p], {absolute: 2e-6});
    });
  },
  SHADERS_ONLY,
);
