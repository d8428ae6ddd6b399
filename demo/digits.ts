/** The data of examples/digits, in the browser, and the network that reads them. */
import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import csvGz from '../examples/digits/digits.csv.gz';
import {parseDigits} from '../examples/digits/parse.js';

/** A type alias, since only those may pass tf.dispose. */
export type Digits = {
  /** float32 [n, 64] in 0..1. */
  readonly images: tf.Tensor2D;
  /** int32 [n]. */
  readonly labels: tf.Tensor1D;
};

/** The same in main memory. */
export interface Pictures {
  /** 64 for each. */
  readonly pixels: ArrayLike<number>;
  readonly digits: readonly number[];
}

const BATCH_SIZE = 64;
const LEARNING_RATE = 0.003;

/** New tensors, on the current backend. */
export async function loadDigits(): Promise<{train: Digits; test: Digits}> {
  const unzipped = new Blob([csvGz]).stream().pipeThrough(new DecompressionStream('gzip'));
  return parseDigits(await new Response(unzipped).text());
}

/** The test digits. */
export async function loadPictures(): Promise<Pictures> {
  const {train, test} = await loadDigits();
  const [pixels, digits] = [await test.images.data(), await test.labels.data()];
  tf.dispose([train, test]);
  return {pixels, digits: [...digits]};
}

/** A network in training. */
export class Reader {
  private readonly model = createModel();
  private readonly optimizer = tf.train.adam(LEARNING_RATE);

  /** One step of training, on a random batch. */
  step({images, labels}: Digits): void {
    tf.tidy(() => {
      const rows = tf.randomUniform([BATCH_SIZE], 0, labels.size, 'int32');
      const batch = {images: tf.gather(images, rows), labels: tf.gather(labels, rows)};
      this.optimizer.minimize(() => this.meanLoss(batch));
    });
  }

  /** In nats. */
  async loss(digits: Digits): Promise<number> {
    const loss = tf.tidy(() => this.meanLoss(digits));
    const [value] = await loss.data();
    loss.dispose();
    return value;
  }

  /** The digit that the network reads in each image. */
  async read({images}: Digits): Promise<ArrayLike<number>> {
    const predicted = tf.tidy(() => tf.argMax(this.logits(images), -1));
    const digits = await predicted.data();
    predicted.dispose();
    return digits;
  }

  dispose(): void {
    this.model.dispose();
    this.optimizer.dispose();
  }

  private meanLoss({images, labels}: Digits): tf.Scalar {
    return losses.sparseSoftmaxCrossEntropy(labels, this.logits(images)) as tf.Scalar;
  }

  private logits(images: tf.Tensor2D): tf.Tensor {
    return this.model.apply(images) as tf.Tensor;
  }
}

/** As in examples/digits/train.js. */
function createModel(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.dense({inputShape: [64], units: 128, activation: 'relu'}),
      // No softmax: the loss takes logits and applies the softmax itself.
      tf.layers.dense({units: 10}),
    ],
  });
}
