import {
  cast,
  clipByValue,
  divNoNan,
  log,
  mul,
  notEqual,
  scalar,
  Tensor,
  tidy,
} from '@tensorflow/tfjs-core';

import {checkOptions, TARGET_OPTIONS, type TargetOptions, toLossAttrs} from '../arguments/options';
import {describe} from '../arguments/describe';
import {ValueError} from '../errors';
import {sumTo} from '../gradients/sums';
import {sparseSoftmaxCrossEntropyWithLogits} from '../ops/sparse_softmax_cross_entropy_with_logits';
import {labelsToTensor, floatsToTensor} from '../arguments/to_tensor';
import {toClassIds, withoutLastOfOne} from './class_ids';

/** The options of the loss: the model's output, and its targets. */
export interface SparseCategoricalCrossentropyOptions extends TargetOptions {
  /**
   * Whether the model ends in logits, by default true; Keras's default is false. If false, it ends
   * in probabilities, and Keras's `log(clip(probabilities, 1e-7, 1 - 1e-7))` are the logits.
   */
  readonly fromLogits?: boolean;
}

/** The names of `SparseCategoricalCrossentropyOptions`. */
const OPTIONS = ['fromLogits', ...TARGET_OPTIONS];

/** A loss of tf.layers whose targets are class ids. */
export interface SparseLoss {
  /**
   * The loss of each target, float32 `[batch, ...]`, in nats.
   *
   * @param yTrue int32, or integers in float32, `[batch, ...]` or `[batch, ..., 1]`.
   * @param yPred float32 `[batch, ..., classes]`.
   */
  (yTrue: Tensor, yPred: Tensor): Tensor;
  /** Marks a loss whose targets are class ids; `compileSparse` looks for it. */
  readonly takesClassIds: true;
  /** Whether yPred is logits. */
  readonly fromLogits: boolean;
  /** The target that is ignored, if there is one. */
  readonly ignoreClass: number | undefined;
}

/**
 * `keras.config.epsilon()`. On webgl, tf.layers has 1e-4, which is more than the share of each of
 * 20,000 classes.
 */
const EPSILON = 1e-7;

/**
 * Makes a loss for tf.layers: the cross entropy of integer targets, from logits.
 *
 * ```js
 * const loss = sparseCategoricalCrossentropy({ignoreClass: -1});
 * const yTrue = tf.tensor2d([[2], [-1], [0]]); // The shape and the dtype of targets in model.fit.
 * const yPred = tf.tensor2d([[1, 2, 3], [9, 9, 9], [0, 0, 5]]);
 * loss(yTrue, yPred).print(); // tf.layers takes the mean: the loss of 2 counted targets.
 * // Tensor
 * //     [0.6114089, 0, 7.5200787]
 * ```
 *
 * Pass it to `compileSparse`: `model.compile` would refuse the targets, because they do not have
 * the shape of the output.
 *
 * The loss takes yTrue, int32 or integers in float32, `[batch, ...]` or `[batch, ..., 1]`, and
 * yPred, float32 `[batch, ..., classes]`. It returns nats for each target, float32 `[batch, ...]`,
 * which tf.layers averages. With an `ignoreClass`, ignored targets have a loss and a gradient of 0,
 * whatever their logits are. The others are scaled by size / counted, so that the mean of all is
 * the mean of the counted targets, as in Keras. If no target is counted, the loss is 0. Over
 * several batches tf.layers averages these means by the rows of each batch, as Keras does. With
 * `labelSmoothing` s the target is `(1 - s) * onehot + s / classes`, as in Keras's
 * `CategoricalCrossentropy`.
 *
 * The loss throws the errors of `sparseSoftmaxCrossEntropyWithLogits`. On backends where a label
 * outside `[0, classes)` makes NaN, a target that is not an integer does too.
 *
 * Gradient: for yPred, to any order; none for yTrue.
 *
 * Source: `keras.losses.SparseCategoricalCrossentropy` (keras/src/losses/losses.py).
 *
 * @param options see {@link SparseCategoricalCrossentropyOptions}.
 * @throws ValueError for an unknown option, an `ignoreClass` that is not an integer, or a
 *     `labelSmoothing` outside [0, 1].
 */
export function sparseCategoricalCrossentropy(
  options: SparseCategoricalCrossentropyOptions = {},
): SparseLoss {
  checkLossOptions(options);
  const {fromLogits = true, ...targetOptions} = options;
  const {ignoreClass} = toLossAttrs(targetOptions);

  const loss = (yTrue: Tensor, yPred: Tensor): Tensor => {
    const targets = withoutLastOfOne(yTrue, yPred);
    const logits = fromLogits ? yPred : log(clipByValue(yPred, EPSILON, 1 - EPSILON));
    const labels = toClassIds(targets, logits, ignoreClass);
    const losses = sparseSoftmaxCrossEntropyWithLogits(labels, logits, targetOptions);
    if (ignoreClass === undefined) return losses;
    const isCounted = notEqual(labels, scalar(ignoreClass, 'int32'));
    return mul(losses, divNoNan(labels.size, sumTo(cast(isCounted, 'float32'), [])));
  };
  // tf.layers names a metric after its function.
  function sparseCategoricalCrossentropy(yTrue: Tensor, yPred: Tensor): Tensor {
    return tidy(() => loss(labelsToTensor(yTrue, 'yTrue'), floatsToTensor(yPred, 'yPred')));
  }
  const takesClassIds = true as const;
  return Object.assign(sparseCategoricalCrossentropy, {takesClassIds, fromLogits, ignoreClass});
}

function checkLossOptions(options: SparseCategoricalCrossentropyOptions): void {
  if (options instanceof Tensor) {
    throw new ValueError(
      'Write loss: sparseCategoricalCrossentropy(), with parentheses: ' +
        'the function makes the loss.',
    );
  }
  checkOptions(options, OPTIONS);
  const {fromLogits} = options;
  if (fromLogits !== undefined && typeof fromLogits !== 'boolean') {
    throw new ValueError(`\`fromLogits\` must be true or false, got ${describe(fromLogits)}.`);
  }
}
