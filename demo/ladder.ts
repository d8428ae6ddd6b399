/** Loss and gradient at more and more classes, by one-hot labels and by ours. */
import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import {softmaxCrossEntropy} from '../bench/rivals/public_losses';
import type {Loss} from '../bench/shapes';
import {peakBytesOf} from '../test/helpers/peak_memory';
import {start} from './backends';
import type {LadderOptions, Outcome, Rung, Shape} from './messages';

const ours: Loss = (labels, logits) => losses.sparseSoftmaxCrossEntropy(labels, logits);

/** Short calls repeat for so long. */
const MIN_MS = 300;
const FEATURES = 8;
/** Fewer logits say nothing about more: on webgl they may not even leave main memory. */
const MIN_TELLING_BYTES = 1e6;

export async function climb(
  {backend, shapes, limitBytes}: LadderOptions,
  onProgress: (value: number, text: string) => void,
  onRung: (rung: Rung) => void,
): Promise<void> {
  await start(backend);
  const [oneHotClimber, ourClimber] = [softmaxCrossEntropy, ours].map(
    (loss) => new Climber(loss, limitBytes),
  );
  for (const [i, shape] of shapes.entries()) {
    const {batch, classes} = shape;
    const report = (half: number, name: string) =>
      onProgress((i + half) / shapes.length, `${batch} × ${classes.toLocaleString('en')}, ${name}`);
    report(0, 'one-hot');
    const oneHot = textureWall(shape) ?? (await oneHotClimber.measure(shape));
    report(0.5, 'ours');
    onRung({shape, oneHot, ours: await ourClimber.measure(shape)});
  }
}

/** Measures one loss, rung by rung. */
class Climber {
  /**
   * Memory of the last telling rung over that of its logits. To begin with, more than any loss
   * takes.
   */
  private ratio = 16;

  constructor(
    private readonly loss: Loss,
    private readonly limitBytes: number,
  ) {}

  async measure(shape: Shape): Promise<Outcome> {
    const logitsBytes = 4 * shape.batch * shape.classes;
    const need = logitsBytes * (1 + this.ratio);
    if (need > this.limitBytes) {
      return {reason: `not tried: it would need about ${(need / 1e9).toFixed(1)} GB`};
    }
    let inputs: Inputs | undefined;
    try {
      const {labels, logits} = (inputs = makeInputs(shape));
      const step = () => this.step(labels, logits);
      let first = Promise.resolve();
      const peakBytes = peakBytesOf(() => void (first = step())); // It also compiles shaders.
      await first;
      if (logitsBytes > MIN_TELLING_BYTES) this.ratio = peakBytes / logitsBytes;
      return {ms: await millisecondsOf(step), bytes: peakBytes};
    } catch (error) {
      return thrown(error); // As where the browser gives less memory than it was allowed.
    } finally {
      tf.dispose(inputs);
    }
  }

  private async step(labels: tf.Tensor1D, logits: tf.Tensor2D): Promise<void> {
    const gradient = tf.valueAndGrad((x: tf.Tensor2D) => this.loss(labels, x));
    const loss = tf.tidy(() => gradient(logits).value);
    await loss.data(); // Waits for the gradient too: a GPU works in order.
    loss.dispose();
  }
}

/** A type alias, since only those may pass tf.tidy. */
type Inputs = {readonly labels: tf.Tensor1D; readonly logits: tf.Tensor2D};

/** Logits come from a matrix product, as in a network; the last layer of one, with few features. */
function makeInputs({batch, classes}: Shape): Inputs {
  return tf.tidy(() => ({
    logits: tf.matMul<tf.Tensor2D>(
      tf.randomNormal([batch, FEATURES]),
      tf.randomNormal([FEATURES, classes]),
    ),
    labels: tf.randomUniformInt([batch], 0, classes) as tf.Tensor1D,
  }));
}

async function millisecondsOf(step: () => Promise<void>): Promise<number> {
  const start = performance.now();
  let calls = 0;
  let elapsed: number;
  do {
    await step();
    calls++;
    elapsed = performance.now() - start;
  } while (elapsed < MIN_MS);
  return elapsed / calls;
}

/**
 * On webgl a matrix must fit one texture; where one-hot does not, tf.js says so before it
 * allocates.
 */
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
