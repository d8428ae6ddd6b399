/** Loss and gradient at more and more classes, by one-hot labels and by ours. */
import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import type {Loss} from '../bench/loss';
import {softmaxCrossEntropy} from '../bench/rivals/softmax_cross_entropy';
import type {LadderOptions, Outcome, Rung, Shape} from './messages';
import {peakBytesOf} from './peak_memory';

const ours: Loss = (labels, logits) => losses.sparseSoftmaxCrossEntropy(labels, logits);

/** Short calls repeat for so long. */
const MIN_MS = 300;
const FEATURES = 8;
/** What fewer logits take says nothing about more: on webgl they may not even leave main memory. */
const MIN_TELLING_BYTES = 1e6;

export async function climb(
  {backend, shapes, limitBytes}: LadderOptions,
  onProgress: (value: number, text: string) => void,
  onRung: (rung: Rung) => void,
): Promise<void> {
  await tf.setBackend(backend);
  const [oneHotClimber, ourClimber] = [softmaxCrossEntropy, ours].map(
    (loss) => new Climber(loss, limitBytes),
  );
  shapes.forEach((shape, i) => {
    const {batch, classes} = shape;
    const report = (half: number, name: string) =>
      onProgress((i + half) / shapes.length, `${batch} × ${classes.toLocaleString('en')}, ${name}`);
    report(0, 'one-hot');
    const oneHot = textureWall(shape) ?? oneHotClimber.measure(shape);
    report(0.5, 'ours');
    onRung({shape, oneHot, ours: ourClimber.measure(shape)});
  });
}

/** Measures one loss, rung by rung. */
class Climber {
  /** Of the last telling rung: its memory over that of its logits. To begin with, more than any loss takes. */
  private ratio = 16;

  constructor(
    private readonly loss: Loss,
    private readonly limitBytes: number,
  ) {}

  measure(shape: Shape): Outcome {
    const logitsBytes = 4 * shape.batch * shape.classes;
    const need = logitsBytes * (1 + this.ratio);
    if (need > this.limitBytes) {
      return {reason: `not tried: it would need about ${(need / 1e9).toFixed(1)} GB`};
    }
    try {
      return tf.tidy(() => {
        const {labels, logits} = makeInputs(shape);
        const call = () => this.step(labels, logits);
        const peakBytes = peakBytesOf(call); // The first call, which also compiles shaders.
        if (logitsBytes > MIN_TELLING_BYTES) this.ratio = peakBytes / logitsBytes;
        return {ms: millisecondsOf(call), bytes: peakBytes};
      });
    } catch (error) {
      return thrown(error); // As where the browser gives less memory than it was allowed.
    }
  }

  private step(labels: tf.Tensor1D, logits: tf.Tensor2D): void {
    tf.tidy(() => {
      const {value} = tf.valueAndGrad((x: tf.Tensor2D) => this.loss(labels, x))(logits);
      value.dataSync(); // Waits for the gradient too: a GPU works in order.
    });
  }
}

/** Logits come from a matrix product, as in a network; the last layer of one, with few features. */
function makeInputs({batch, classes}: Shape) {
  return {
    logits: tf.matMul<tf.Tensor2D>(
      tf.randomNormal([batch, FEATURES]),
      tf.randomNormal([FEATURES, classes]),
    ),
    labels: tf.randomUniformInt([batch], 0, classes) as tf.Tensor1D,
  };
}

function millisecondsOf(call: () => void): number {
  const start = performance.now();
  let calls = 0;
  let elapsed: number;
  do {
    call();
    calls++;
    elapsed = performance.now() - start;
  } while (elapsed < MIN_MS);
  return elapsed / calls;
}

/** On webgl a matrix must fit one texture; where one-hot does not, tf.js says so before it allocates. */
function textureWall({batch, classes}: Shape): Outcome | undefined {
  if (tf.getBackend() !== 'webgl') return undefined;
  if (batch * classes <= tf.env().getNumber('WEBGL_MAX_TEXTURE_SIZE') ** 2) return undefined;
  try {
    tf.tidy(() => tf.oneHot(tf.zeros([batch], 'int32'), classes).dataSync());
    return undefined;
  } catch (error) {
    return thrown(error);
  }
}

const thrown = (error: unknown) => ({
  reason: `throws: ${error instanceof Error ? error.message : error}`,
});
