/** Counts the buffers of the size of the logits that a call makes, where arrays are made. */
import * as tf from '@tensorflow/tfjs';

import {sparseSoftmaxCrossEntropyWithLogits as nn} from '../src/index';
import {describeBackend} from './helpers/backends';

const BATCH = 32;
const CLASSES = 100;

/** Runs f and counts the typed arrays of at least batch x classes numbers that it makes. */
function countBuffers(f: () => void): number {
  let count = 0;
  const patched = ['Float32Array', 'Float64Array', 'Int32Array', 'Uint8Array'] as const;
  const originals = patched.map((name) => globalThis[name]);
  patched.forEach((name, i) => {
    const counting = new Proxy(originals[i], {
      construct: (target, args, newTarget) => {
        const array = Reflect.construct(target, args, newTarget) as ArrayLike<number>;
        if (array.length >= BATCH * CLASSES) count++;
        return array;
      },
    });
    Object.assign(globalThis, {[name]: counting});
  });
  try {
    f();
  } finally {
    patched.forEach((name, i) => Object.assign(globalThis, {[name]: originals[i]}));
  }
  return count;
}

describeBackend('cpu', 'memory', () => {
  const inputs = () => ({
    labels: tf.zeros([BATCH], 'int32'),
    logits: tf.randomNormal([BATCH, CLASSES], 0, 1, 'float32', 1),
  });

  it('counts the buffers that are made', () => {
    const {logits} = inputs();
    expect(countBuffers(() => tf.exp(logits))).toBe(1);
  });

  it('forward makes no buffer of the size of the logits', () => {
    const {labels, logits} = inputs();
    expect(countBuffers(() => nn(labels, logits))).toBe(0);
  });

  it('forward and gradient make exactly one: the gradient', () => {
    const {labels, logits} = inputs();
    const f = (x: tf.Tensor) => nn(labels, x);
    expect(countBuffers(() => tf.valueAndGrad(f)(logits))).toBe(1);
    const dy = tf.ones([BATCH]);
    expect(countBuffers(() => tf.valueAndGrad(f)(logits, dy))).toBe(1);
  });
});
