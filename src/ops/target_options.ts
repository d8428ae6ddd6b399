import {describe} from '../describe';
import {ValueError} from '../errors';
import type {SparseSoftmaxCrossEntropyLossAttrs} from '../kernel_names';
import {isInt32} from '../to_tensor';

/** What the target of a row is, beyond its label. */
export interface TargetOptions {
  /**
   * The label that does not count, an integer inside or outside `[0, classes)`, as 0, -1 or -100: its
   * loss is exactly 0 and so is its row of the gradient, whatever its logits are.
   */
  ignoreClass?: number | undefined;
  /**
   * A number s in [0, 1], by default 0: the target is `(1 - s) * onehot(label) + s / classes`.
   */
  labelSmoothing?: number | undefined;
}

/** The names of `TargetOptions`. */
export const TARGET_OPTIONS: readonly string[] = ['ignoreClass', 'labelSmoothing'];

/** The options as attributes of the Loss kernel. */
export function toLossAttrs({
  ignoreClass,
  labelSmoothing = 0,
}: TargetOptions): SparseSoftmaxCrossEntropyLossAttrs {
  if (ignoreClass !== undefined && !isInt32(ignoreClass)) {
    throw new ValueError(
      `\`ignoreClass\` must be an integer, got ${describe(ignoreClass)}. Leave it out where every label counts.`,
    );
  }
  // Written so that NaN and strings are refused too.
  if (!(typeof labelSmoothing === 'number' && labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new ValueError(`\`labelSmoothing\` must be in [0, 1], got ${describe(labelSmoothing)}.`);
  }
  return ignoreClass === undefined ? {labelSmoothing} : {labelSmoothing, ignoreClass};
}
