/** The attrs of both kernels as uniforms, with their defaults. No attr is in a program's text. */
import type {
  SparseSoftmaxCrossEntropyGradAttrs,
  SparseSoftmaxCrossEntropyLossAttrs,
} from '../../kernel_names';

/** No label is this number, so no row is ignored. */
const NO_CLASS = 0.5;

export function attrUniforms({
  ignoreClass = NO_CLASS,
  labelSmoothing = 0,
  labelScale = 1,
  uniformScale = 0,
  zLoss = 0,
}: SparseSoftmaxCrossEntropyLossAttrs & SparseSoftmaxCrossEntropyGradAttrs) {
  return {ignoreClass, labelSmoothing, labelScale, uniformScale, zLoss};
}
