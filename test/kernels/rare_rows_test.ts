/** Rows that the algorithms of our kernels are made for: a tiny loss, and the lowest logits. */
import * as tf from '@tensorflow/tfjs';

import {sparseSoftmaxCrossEntropyWithLogits as nn} from '../../src/index';
import {describeBackend} from '../helpers/backends';
import {oracle} from '../helpers/oracle';

const LOWEST = -3.4028234663852886e38;

/** Not tensorflow: its ops add the label's 1 to the sum of exponentials, which loses a tiny loss. */
const backendNames = ['cpu', 'wasm', 'webgl', 'webgpu'];

for (const backendName of backendNames) {
  describeBackend(backendName, 'a confident row', () => {
    for (const numClasses of [2, 32, 33, 64, 65, 5000]) {
      it(`keeps its tiny loss and gradient where float32 can: ${numClasses} classes`, async () => {
        for (const label of [0, numClasses >> 1, numClasses - 1]) {
          const gaps = [5, 17, 20, 40, 80];
          const logits = new Float32Array(gaps.length * numClasses);
          gaps.forEach((gap, row) => (logits[row * numClasses + label] = gap));
          const labels = gaps.map(() => label);
          const {loss, backprop} = oracle({logits, labels, numClasses});
          const y = tf.tensor1d(labels, 'int32');
          const x = tf.tensor2d(logits, [gaps.length, numClasses]);
          const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(y, x))(x);
          // WGSL's exp(-80) may be wrong by 163 ulps.
          await expectAsync(value).toBeAllClose(loss, {relative: 2e-5});
          await expectAsync(grad).toBeAllClose(backprop, {relative: 2e-5});
        }
      });
    }
  });

  describeBackend(backendName, 'the lowest float32', () => {
    for (const numClasses of [3, 40, 2000]) {
      it(`is a logit like any other: ${numClasses} classes`, async () => {
        const logits = new Float32Array(3 * numClasses).fill(LOWEST);
        logits.fill(-Infinity, numClasses, 2 * numClasses); // One finite logit:
        logits[2 * numClasses - 1] = LOWEST;
        logits[2 * numClasses] = 1;
        const labels = [1, numClasses - 1, 0];
        const {loss, backprop} = oracle({logits, labels, numClasses});
        expect(loss[1]).toBe(0);
        const y = tf.tensor1d(labels, 'int32');
        const x = tf.tensor2d(logits, [3, numClasses]);
        const {value, grad} = tf.valueAndGrad((x: tf.Tensor) => nn(y, x))(x);
        await expectAsync(value).toBeTheLoss(loss);
        await expectAsync(grad).toBeTheGradient(backprop);
      });
    }
  });
}
