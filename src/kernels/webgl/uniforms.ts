/** The uniforms of the programs: sizes, and attrs with their defaults. No shape is in a program's text. */
import type {
  SparseSoftmaxCrossEntropyGradAttrs,
  SparseSoftmaxCrossEntropyLossAttrs,
} from '../../kernel_names';

export interface Uniforms {
  readonly batch: number;
  readonly numClasses: number;
  readonly windows: number;
  readonly rowsPerTexel: number;
  readonly ignoreClass: number;
  readonly labelSmoothing: number;
  readonly labelScale: number;
  readonly uniformScale: number;
  readonly zLoss: number;
}

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
