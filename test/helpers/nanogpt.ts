/**
 * The loss of @genai-fi/nanogpt, which trains GPTs in tf.js. It uses tf.logSumExp in the forward
 * pass and tf.softmax in the backward pass. Two custom kernels subtract the label's logit from the
 * one and 1 from the other.
 */
import * as tf from '@tensorflow/tfjs';

/** The label that does not count, where it is told to mask. */
export const PADDING = 65535;

let theirs: {
  createSoftmaxCrossEntropyWithGrad(
    isMasked: boolean,
    isPerExample: boolean,
    labelSmoothing: number,
  ): (...args: tf.Tensor[]) => tf.Tensor;
};

/**
 * Brings it, as scripts/install_nanogpt.sh leaves it, with its kernels for cpu, webgl and webgpu.
 */
export async function loadNanogpt(): Promise<void> {
  const isNode = tf.env().getBool('IS_NODE');
  // It holds a copy of tfjs-core made for browsers, which fails where it finds Node.
  tf.env().set('IS_NODE', false);
  try {
    theirs = await import('../../.cache/nanogpt/package/dist/training/sparseCrossEntropy.js');
    await import('../../.cache/nanogpt/package/dist/ops/webgpu/gatherSub.js');
    await import('../../.cache/nanogpt/package/dist/ops/webgpu/scatterSub.js');
  } catch (error) {
    const message =
      '@genai-fi/nanogpt does not load. To install it: bash scripts/install_nanogpt.sh';
    throw new Error(message, {cause: error});
  } finally {
    tf.env().set('IS_NODE', isNode);
  }
}

/** Labels [...], logits [..., classes] -> the mean over what counts, a scalar. */
export function nanogpt(
  labels: tf.Tensor,
  logits: tf.Tensor,
  {isMasked = false, labelSmoothing = 0} = {},
): tf.Tensor {
  const isPerExample = false;
  return theirs.createSoftmaxCrossEntropyWithGrad(
    isMasked,
    isPerExample,
    labelSmoothing,
  )(logits, labels);
}
