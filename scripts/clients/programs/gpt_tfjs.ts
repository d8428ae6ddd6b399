/** gpt-tfjs on sequences of random tokens, without padding: its model, its trainer, its Adam. */
import * as tf from '@tensorflow/tfjs';
import {model} from 'client';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import {classIds, normals} from '../../../test/helpers/random';
import type {Program} from '../worker';

interface Settings {
  readonly batchSize: number;
  readonly blockSize: number;
  readonly vocabSize: number;
  /** On wasm, where tf.js has no gradient of an embedding: UnsortedSegmentSum. */
  readonly freezesEmbeddings?: boolean;
}

export const program: Program = {
  async train(
    {batchSize, blockSize, vocabSize, freezesEmbeddings}: Settings,
    variant,
    turn,
    steps,
  ) {
    const gpt = model.GPTLMHeadModel({modelType: 'gpt-nano', blockSize, vocabSize, dropout: 0});
    for (const layer of (gpt.model as tf.LayersModel).layers) {
      if (layer.getClassName() !== 'Embedding') continue;
      const [{shape}] = layer.getWeights(); // Zeros, which do not tell tokens apart.
      layer.setWeights([tf.randomNormal(shape, 0, 0.02)]);
      layer.trainable = !freezesEmbeddings;
    }
    const next = (seed: number) => Array.from(classIds(blockSize + 1, vocabSize, seed));
    const dataset = tf.data
      .generator(function* () {
        for (let seed = 0; ; seed++) yield next(seed);
      })
      .map((tokens) => {
        const labels = tf.tensor1d((tokens as number[]).slice(1), 'int32');
        return {
          x: tf.tensor1d((tokens as number[]).slice(0, -1), 'int32'),
          y: variant === 'theirs' ? tf.oneHot(labels, vocabSize) : labels,
        };
      });
    await turn.begin();
    await gpt.train(dataset, {
      batchSize,
      shuffle: 1, // That is, not at all.
      maxIter: steps,
      callbacks: [
        async (_: unknown, loss: number, step: number) => {
          turn.end(loss);
          if (step < steps) await turn.begin();
        },
      ],
    });
  },

  async loss({batchSize, blockSize, vocabSize}: Settings, variant) {
    if (variant === 'fused') return undefined;
    const rows = batchSize * blockSize;
    const shape: [number, number, number] = [batchSize, blockSize, vocabSize];
    const logits = tf.tensor3d(normals(rows * vocabSize, 1, 0, 1), shape);
    const labels = tf.tensor2d(classIds(rows, vocabSize, 2), [batchSize, blockSize], 'int32');
    const loss = {
      theirs: (x: tf.Tensor) => tf.losses.softmaxCrossEntropy(tf.oneHot(labels, vocabSize), x),
      ours: (x: tf.Tensor) => losses.sparseSoftmaxCrossEntropy(labels, x),
    }[variant];
    return async () => {
      const {value, grad} = tf.valueAndGrad(loss)(logits);
      await value.data();
      tf.dispose([value, grad]);
    };
  },
};
