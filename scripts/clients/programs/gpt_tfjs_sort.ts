/** The example of gpt-tfjs that learns to sort: its model, its data, its trainer. */
import * as tf from '@tensorflow/tfjs';
import {model} from 'client';
import {createDataset} from 'client/projects/sort/sort';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import {classIds, normals} from '../../../test/helpers/random';
import type {Program} from '../worker';

/** As in its sort.js. */
const config = {nLayer: 3, nHead: 3, nEmbd: 48, vocabSize: 3, blockSize: 11, dropout: 0.1};
const BATCH = 16;

export const program: Program = {
  async train(_settings, _variant, turn, steps) {
    const gpt = model.GPTLMHeadModel(config);
    await turn.begin();
    await gpt.train(createDataset('train'), {
      batchSize: BATCH,
      maxIter: steps,
      callbacks: [
        async (_: unknown, loss: number, step: number) => {
          turn.end(loss);
          if (step < steps) await turn.begin();
        },
      ],
    });
  },

  async loss(_settings, variant) {
    const {blockSize, vocabSize} = config;
    const rows = BATCH * blockSize;
    const logits = tf.tensor2d(normals(rows * vocabSize, 1, 0, 1), [rows, vocabSize]);
    const labels = tf.tensor1d(classIds(rows, vocabSize, 2), 'int32');
    if (variant === 'fused') return undefined;
    const loss = {
      theirs: (x: tf.Tensor) => tf.losses.softmaxCrossEntropy(tf.oneHot(labels, vocabSize), x),
      ours: (x: tf.Tensor) => losses.sparseSoftmaxCrossEntropy(labels, x, {ignoreClass: -1}),
    }[variant];
    return async () => {
      const {value, grad} = tf.valueAndGrad(loss)(logits);
      await value.data();
      tf.dispose([value, grad]);
    };
  },
};
