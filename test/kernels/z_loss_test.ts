/** The z-loss of the kernels in main memory, beside every other option and on hostile rows. */
import * as tf from '@tensorflow/tfjs';

import {SparseSoftmaxCrossEntropyGrad, SparseSoftmaxCrossEntropyLoss} from '../../src/kernel_names';
import type {Tolerance} from '../backends/description';
import {describeBackend} from '../helpers/backends';
import {
  type Case,
  finiteCases,
  ignoringCases,
  nonFiniteCases,
  smoothingCases,
} from '../helpers/cases';
import {oracle} from '../helpers/oracle';
import {HIDDEN_MEMORY, withModule} from '../helpers/wasm';

const CASES = [...finiteCases, ...nonFiniteCases, ...ignoringCases, ...smoothingCases];
/** The upstream gradient, a power of two so that it rounds nothing. */
const DY = -0.5;

const run = (kernelName: string, inputs: {[name: string]: tf.Tensor}, attrs: object) =>
  tf.engine().runKernel(kernelName, inputs, {...attrs}) as unknown;

/** [loss, dfeatures] */
function lossAndGradient({batch, numClasses, logits, labels, options}: Case, zLoss: number) {
  const inputs = {
    features: tf.tensor2d(logits, [batch, numClasses]),
    labels: tf.tensor1d(labels, 'int32'),
  };
  const {ignoreClass, labelSmoothing = 0} = options ?? {};
  const lossAttrs = {ignoreClass, labelSmoothing, zLoss};
  const [loss, statistics] = run(SparseSoftmaxCrossEntropyLoss, inputs, lossAttrs) as tf.Tensor[];
  const labelScale = 1 - labelSmoothing;
  const uniformScale = labelSmoothing / numClasses;
  const gradAttrs = {ignoreClass, labelScale, uniformScale, zLoss};
  const gradInputs = {...inputs, dy: tf.fill([batch], DY), statistics};
  return [loss, run(SparseSoftmaxCrossEntropyGrad, gradInputs, gradAttrs) as tf.Tensor];
}

async function expectEveryCase(tolerance: Tolerance): Promise<void> {
  for (const testCase of CASES) {
    for (const zLoss of [1e-4, 0.5]) {
      const want = oracle({...testCase, options: {...testCase.options, zLoss}});
      const [loss, dfeatures] = lossAndGradient(testCase, zLoss);
      const name = `zLoss ${zLoss}: ${testCase.name}`;
      await expectAsync(loss).withContext(name).toBeAllClose(want.loss, tolerance);
      const gradient = want.backprop.map((value) => value * DY);
      await expectAsync(dfeatures).withContext(name).toBeAllClose(gradient, tolerance);
    }
  }
}

describeBackend('cpu', 'the z-loss', () => {
  it('is that of the float64 oracle', async () => {
    await expectEveryCase({scaled: 2e-7});
  });
});

describeBackend('wasm', 'the z-loss', () => {
  it('is that of the float64 oracle', async () => {
    await expectEveryCase({scaled: 2e-6});
  });

  it('is that of the float64 oracle where rows/ does the work', async () => {
    await withModule(HIDDEN_MEMORY, () => expectEveryCase({scaled: 2e-7}));
  });
});
