/** @genai-fi/nanogpt on random tokens: its model and the steps of its trainer. */
import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import {classIds, normals} from '../../../test/helpers/random';
import type {Program} from '../worker';

interface Settings {
  readonly batchSize: number;
  readonly blockSize: number;
  readonly vocabSize: number;
  readonly labelSmoothing?: number;
  /** Whether the second half of each sequence is its padding, 65535. */
  readonly isMasked?: boolean;
}

const PADDING = 65535;

function labelsOf({batchSize, blockSize, vocabSize, isMasked}: Settings, seed: number) {
  const labels = classIds(batchSize * blockSize, vocabSize, seed);
  if (isMasked) labels.forEach((_, i) => i % blockSize < blockSize / 2 || (labels[i] = PADDING));
  return tf.tensor2d(labels, [batchSize, blockSize], 'int32');
}

export const program: Program = {
  async train(settings: Settings, _variant, turn, steps) {
    const {batchSize, blockSize, vocabSize, labelSmoothing = 0, isMasked} = settings;
    // It holds a copy of tfjs-core made for browsers, which fails where it finds Node.
    tf.env().set('IS_NODE', false);
    const {default: Model} = await import('client/dist/models/NanoGPTV1.js');
    const {default: Trainer} = await import('client/dist/training/BasicTrainer.js');
    tf.env().set('IS_NODE', true);

    const model = new Model({vocabSize, blockSize, nLayer: 1, nHead: 2, nEmbed: 64});
    const trainer = new Trainer(model, undefined, {warmupSteps: 0});
    trainer.setLabelSmoothing(labelSmoothing);
    if (isMasked) trainer.setLossMasking();
    for (let step = 0; step < steps; step++) {
      const tokens = classIds(batchSize * blockSize, vocabSize, 2 * step);
      const xs = tf.tensor2d(tokens, [batchSize, blockSize], 'int32');
      const ys = labelsOf(settings, 2 * step + 1);
      await turn.begin();
      const loss: tf.Scalar = trainer.trainStep({}, {xs, ys});
      turn.end((await loss.data())[0]);
      tf.dispose([xs, ys, loss]);
    }
  },

  async loss(settings: Settings, variant) {
    if (variant === 'fused') return undefined;
    const {batchSize, blockSize, vocabSize, labelSmoothing = 0, isMasked = false} = settings;
    const shape: [number, number, number] = [batchSize, blockSize, vocabSize];
    const logits = tf.tensor3d(normals(batchSize * blockSize * vocabSize, 1, 0, 1), shape);
    const labels = labelsOf(settings, 2);
    const {createSoftmaxCrossEntropyWithGrad} =
      await import('client/dist/training/sparseCrossEntropy.js');
    const ignoreClass = isMasked ? PADDING : undefined;
    const loss = {
      theirs: (x: tf.Tensor): tf.Tensor =>
        createSoftmaxCrossEntropyWithGrad(isMasked, false, labelSmoothing)(x, labels),
      ours: (x: tf.Tensor) =>
        losses.sparseSoftmaxCrossEntropy(labels, x, {ignoreClass, labelSmoothing}),
    }[variant];
    return async () => {
      const {value, grad} = tf.valueAndGrad(loss)(logits);
      await value.data();
      tf.dispose([value, grad]);
    };
  },
};
