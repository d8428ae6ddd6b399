/** Options: their names, and the options of every loss, checked. */
import {ValueError} from '../errors';
import type {SparseSoftmaxCrossEntropyLossAttrs} from '../kernel_names';
import {describe, isRecord} from './describe';
import {isInt32} from './to_tensor';

/**
 * Refuses a misspelled option, which JavaScript would ignore, and an option by position, which
 * tf.losses takes. `cure` says what to do if `options` is no object.
 */
export function checkOptions(
  options: unknown,
  names: readonly string[],
  cure = `Give each option by its name, as {${names[names.length - 1]}: ...}.`,
): void {
  const listed = names.join(', ');
  if (!isRecord(options)) {
    throw new ValueError(
      `${cure} \`options\` must be an object of ${listed}, got ${describe(options)}.`,
    );
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ValueError(`\`options\` has no \`${unknown}\`: it takes ${listed}.`);
  }
}

/** How the target of a row differs from its one-hot label. */
export interface TargetOptions {
  /**
   * The label of rows to ignore: an integer inside or outside `[0, classes)`, such as 0, -1 or
   * -100. The loss of an ignored row is exactly 0, and so is its gradient, whatever its logits are.
   */
  ignoreClass?: number | undefined;
  /**
   * A number s in [0, 1], by default 0: the target is `(1 - s) * onehot(label) + s / classes`.
   */
  labelSmoothing?: number | undefined;
  /**
   * A number k >= 0, by default 0: `k * logsumexp(logits)^2` is added to each loss, which keeps
   * logsumexp near 0. As in PaLM, T5X (`z_loss`) and Liger (`lse_square_scale`); 1e-4 is usual.
   */
  zLoss?: number | undefined;
}

/** The names of `TargetOptions`. */
export const TARGET_OPTIONS: readonly string[] = ['ignoreClass', 'labelSmoothing', 'zLoss'];

/** The options as attributes of the Loss kernel. */
export function toLossAttrs({
  ignoreClass,
  labelSmoothing = 0,
  zLoss = 0,
}: TargetOptions): SparseSoftmaxCrossEntropyLossAttrs {
  if (ignoreClass !== undefined && !isInt32(ignoreClass)) {
    throw new ValueError(
      `Leave it out to ignore no label: \`ignoreClass\` must be an integer, got ${describe(ignoreClass)}.`,
    );
  }
  // NaN and strings fail this comparison too.
  if (!(typeof labelSmoothing === 'number' && labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new ValueError(`\`labelSmoothing\` must be in [0, 1], got ${describe(labelSmoothing)}.`);
  }
  if (!(typeof zLoss === 'number' && zLoss >= 0 && zLoss < Infinity)) {
    throw new ValueError(`\`zLoss\` must be a number of 0 or more, got ${describe(zLoss)}.`);
  }
  const attrs = {labelSmoothing, zLoss};
  return ignoreClass === undefined ? attrs : {...attrs, ignoreClass};
}
