import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {combineWindowsGlsl, statisticsGlsl} from './statistics_glsl';

/**
 * dy [batch], labels [batch], statistics [batch, 2 * windows] -> [batch, 4]: all that the gradient
 * of a row depends on beside its logits, (largest, 1 / sumExp, label, dy), side by side, so that its
 * many fragments do not gather it from three places. A row that must be NaN has NaN for 1 / sumExp.
 */
export class RowTermsProgram implements GPGPUProgram {
  readonly variableNames = ['dy', 'labels', 'statistics'];
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [
    {name: 'numClasses', type: 'int' as const},
    {name: 'windows', type: 'int' as const},
  ];
  readonly outputShape: number[];
  readonly userCode = `
  ${statisticsGlsl()}
  void main() {
    ivec2 rowAndColumn = getOutputCoords();
    int row = rowAndColumn.x;
    int rowPair = row / 2;
    vec2 label = floor(getLabels(row).xy + 0.5); // As for the loss.
    if (rowAndColumn.y > 0) {
      vec2 rowDy = getDy(row).xy;
      setOutput(vec4(label.x, rowDy.x, label.y, rowDy.y));
      return;
    }
    ${combineWindowsGlsl}
    float classes = float(numClasses);
    vec2 scale = 1. / sumExp;
    if (!(label.x >= 0. && label.x < classes && isSum(sumExp.x))) scale.x = NAN;
    if (!(label.y >= 0. && label.y < classes && isSum(sumExp.y))) scale.y = NAN;
    setOutput(vec4(largest.x, scale.x, largest.y, scale.y));
  }
`;

  constructor(batch: number) {
    this.outputShape = [batch, 4];
  }
}
