import {
  cast,
  clipByValue,
  clone,
  customGrad,
  divNoNan,
  expandDims,
  type GradSaveFunc,
  log,
  mul,
  notEqual,
  squeeze,
  sum,
  Tensor,
  tidy,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

import {ValueError} from '../errors';
import {sparseSoftmaxCrossEntropyWithLogits} from '../ops/sparse_softmax_cross_entropy_with_logits';
import {toClassIds} from './class_ids';

/** What the model puts out, and which targets do not count. */
export interface SparseCategoricalCrossentropyOptions {
  /**
   * Whether the model puts out logits, which is the default here: not so in Keras. For `false` it
   * puts out probabilities, and Keras's `log(clip(probabilities, 1e-7, 1 - 1e-7))` are the logits.
   */
  readonly fromLogits?: boolean;
  /** A target that stands for none, as padding does: it adds nothing to loss and gradient. */
  readonly ignoreClass?: number;
}

/** A loss of tf.layers whose targets are class ids. It is by `takesClassIds` that one is known. */
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
}

/** `keras.config.epsilon()`. That of tf.layers is 1e-4 on webgl, more than 1 / 20,000. */
const EPSILON = 1e-7;

/**
 * Makes a loss for tf.layers: the cross entropy of integer targets, from logits.
 *
 * ```js
 * const loss = sparseCategoricalCrossentropy({ignoreClass: -1});
 * const yTrue = tf.tensor2d([[2], [-1], [0]]); // The shape and the dtype of targets in model.fit.
 * const yPred = tf.tensor2d([[1, 2, 3], [9, 9, 9], [0, 0, 5]]);
 * loss(yTrue, yPred).print(); // tf.layers takes the mean: that of the 2 targets that count.
 * // Tensor
 * //     [0.6114089, 0, 7.5200787]
 * ```
 *
 * Hand it to `compileSparse`: `model.compile` would refuse the targets, whose shape is not the
 * output's.
 *
 * The loss maps yTrue, int32 or integers in float32, `[batch, ...]` or `[batch, ..., 1]`, and yPred,
 * float32 `[batch, ..., classes]`, to float32 `[batch, ...]`: nats per target, for tf.layers to
 * weight and to average. With an `ignoreClass` it is 0 where a target is that class, and the others
 * are scaled by their share, so that the mean of all is the mean of those that count, as in Keras;
 * if none counts it is 0. The gradient of what is ignored is 0, whatever its logits are.
 *
 * It throws what `sparseSoftmaxCrossEntropyWithLogits` throws. Where a backend answers NaN to a
 * label outside `[0, classes)`, it does so to a target that is not an integer.
 *
 * Gradient: for yPred, to any order; none for yTrue.
 *
 * Source: `keras.losses.SparseCategoricalCrossentropy` (keras/src/losses/losses.py).
 *
 * @param options see `SparseCategoricalCrossentropyOptions`.
 * @throws ValueError for an unknown option, or an `ignoreClass` that is not an integer.
 */
export function sparseCategoricalCrossentropy(
  options: SparseCategoricalCrossentropyOptions = {},
): SparseLoss {
  checkOptions(options);
  const {fromLogits = true, ignoreClass} = options;

  const loss = (yTrue: Tensor, yPred: Tensor): Tensor => {
    const targets = withoutLastOfOne(yTrue, yPred);
    const logits = fromLogits ? yPred : log(clipByValue(yPred, EPSILON, 1 - EPSILON));
    if (ignoreClass === undefined) {
      return sparseSoftmaxCrossEntropyWithLogits(toClassIds(targets, logits), logits);
    }
    const counts = notEqual(targets, ignoreClass);
    const labels = toClassIds(where(counts, targets, zerosLike(targets)), logits); // Any class will do.
    const losses = sparseSoftmaxCrossEntropyWithLogits(labels, maskGradient(logits, counts));
    const scale = divNoNan(targets.size, sum(cast(counts, 'float32')));
    return mul(where(counts, losses, zerosLike(losses)), scale);
  };
  // tf.layers names a metric after its function.
  function sparseCategoricalCrossentropy(yTrue: Tensor, yPred: Tensor): Tensor {
    return tidy(() => loss(yTrue, yPred));
  }
  return Object.assign(sparseCategoricalCrossentropy, {takesClassIds: true as const, fromLogits});
}

/** The same logits, with a gradient of 0 where targets do not count, also if there it is NaN. */
function maskGradient(logits: Tensor, counts: Tensor): Tensor {
  return customGrad((x, save) => {
    (save as GradSaveFunc)([counts]);
    return {
      value: clone(x as Tensor),
      gradFunc: (dy: Tensor, [counts]: Tensor[]) => where(expandDims(counts, -1), dy, 0),
    };
  })(logits);
}

/** tf.layers makes [batch, 1] of targets [batch]. */
function withoutLastOfOne(yTrue: Tensor, yPred: Tensor): Tensor {
  const {rank, shape} = yTrue;
  return rank === yPred.rank && shape[rank - 1] === 1 ? squeeze(yTrue, [rank - 1]) : yTrue;
}

function checkOptions(options: SparseCategoricalCrossentropyOptions): void {
  if (options === null || typeof options !== 'object' || options instanceof Tensor) {
    throw new ValueError(
      'sparseCategoricalCrossentropy makes a loss and is none itself: ' +
        'write loss: sparseCategoricalCrossentropy().',
    );
  }
  const {fromLogits, ignoreClass, ...others} = options;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new ValueError(
      `sparseCategoricalCrossentropy has no option \`${unknown}\`: it takes fromLogits and ignoreClass.`,
    );
  }
  if (fromLogits !== undefined && typeof fromLogits !== 'boolean') {
    throw new ValueError(`\`fromLogits\` must be true or false, got ${String(fromLogits)}.`);
  }
  if (ignoreClass !== undefined && !Number.isInteger(ignoreClass)) {
    throw new ValueError(`\`ignoreClass\` must be an integer, got ${String(ignoreClass)}.`);
  }
}
