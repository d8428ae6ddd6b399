/** The costs of a call on webgpu: dispatches, buffers, pipelines to make. Time is the bench's. */
import * as tf from '@tensorflow/tfjs';

import {sparseSoftmaxCrossEntropyWithLogits as nn} from '../../src/index';
import type {SparseSoftmaxCrossEntropyLossAttrs} from '../../src/kernel_names';
import {runGrad, runLoss} from '../../src/run_kernels';
import {describeBackend} from '../helpers/backends';
import {probe} from '../helpers/webgpu_probe';

/** As a model leaves them: on the GPU, the labels uploaded by an earlier step. */
function resident(batch: number, numClasses: number) {
  const logits = tf.add(tf.randomNormal([batch, numClasses]), 0);
  const labels = tf.fill([batch], numClasses - 1, 'int32');
  const dy = tf.fill([batch], 0.5);
  tf.tidy(() => tf.grad((x: tf.Tensor) => nn(labels, x))(logits, dy));
  return {logits, labels, dy};
}

const SHAPES = [[128, 10], [65536, 10], [128, 1000], [1024, 1000], [256, 32000], [64, 50257]]; // prettier-ignore
describeBackend('webgpu', 'a call', () => {
  for (const [batch, numClasses] of SHAPES) {
    it(`on [${batch}, ${numClasses}] is few dispatches and no buffer of the size of the logits`, () => {
      const {logits, labels, dy} = resident(batch, numClasses);
      const isFew = numClasses <= 64;
      const forward = probe(() => nn(labels, logits));
      expect(forward.dispatches).toEqual(
        isFew ? ['FewClassesLossProgram'] : ['StatisticsProgram', 'LossProgram'],
      );
      expect(forward.peakBytes).toBeLessThanOrEqual(0.3e6);
      expect(forward.compiled).toBe(0);

      const both = probe(() => tf.grad((x: tf.Tensor) => nn(labels, x))(logits, dy));
      expect(both.dispatches).toEqual(
        isFew
          ? ['FewClassesLossProgram', 'FewClassesGradProgram']
          : ['StatisticsProgram', 'LossProgram', 'RowTermsProgram', 'GradProgram'],
      );
      const gradBytes = 4 * batch * numClasses;
      expect(both.leftBytes).toBe(gradBytes);
      expect(both.peakBytes).toBeLessThanOrEqual(gradBytes + 16 * batch + 0.3e6);
    });
  }

  it('cuts rows into windows, as many as fit the budget', () => {
    const windows = (batch: number, numClasses: number) =>
      runLoss({features: tf.zeros([batch, numClasses]), labels: tf.zeros([batch], 'int32')}, {})[1]
        .shape[2];
    expect(windows(8, 64)).toBe(0); // None: the loss reads the row itself.
    expect(windows(8, 65)).toBe(4);
    expect(windows(1024, 1000)).toBe(24);
    expect(windows(30000, 100)).toBe(1);
    expect(windows(2, 50257)).toBe(256);
  });

  it('makes no pipeline for another batch, another rank or another option', () => {
    const step = (shape: number[], options: SparseSoftmaxCrossEntropyLossAttrs) => {
      const logits = tf.add(tf.ones(shape), 0);
      const labels = tf.zeros(shape.slice(0, -1), 'int32');
      const inputs = {features: logits, labels};
      let outputs: tf.Tensor[] = [];
      const dy = tf.ones(labels.shape);
      const forward = probe(() => (outputs = runLoss(inputs, options)));
      const [, statistics] = outputs;
      return forward.compiled + probe(() => runGrad({dy, ...inputs, statistics}, options)).compiled;
    };
    step([64, 1000], {});
    step([64, 10], {});
    for (const batch of [1, 2, 66, 1000]) {
      for (const numClasses of [1, 10, 65, 1000]) {
        for (const options of [{}, {ignoreClass: 3}, {labelSmoothing: 0.1}]) {
          expect(step([batch, numClasses], options))
            .withContext(`${batch}`)
            .toBe(0);
          expect(step([2, batch, numClasses], options))
            .withContext(`2, ${batch}`)
            .toBe(0);
        }
      }
    }
  });
});

describeBackend('webgpu', 'the vocabulary of GPT-2', () => {
  it('trains a step of [1024, 50257]', async () => {
    const [batch, numClasses] = [1024, 50257];
    const labels = tf.fill([batch], 3, 'int32');
    // The logits themselves learn: tf.js's own matMul would take minutes without a GPU.
    const logits = tf.variable(tf.zeros<tf.Rank.R2>([batch, numClasses]));
    const optimizer = tf.train.sgd(batch);
    const cost = () => tf.mean(nn(labels, logits)) as tf.Scalar;
    const before = optimizer.minimize(cost, true)!;
    const [[first], [second]] = [await before.data(), await cost().data()];
    expect(first).toBeCloseTo(Math.log(numClasses), 3);
    expect(second).toBeCloseTo(Math.log(numClasses - 1 + Math.E) - 1, 3);
    logits.dispose();
    optimizer.dispose();
  });
});
