import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {labelsGlsl} from './labels_glsl';
import {statisticsGlsl} from './statistics_glsl';
import {combineWindowsGlsl} from './windows_glsl';

/**
 * dy [batch], labels [batch], statistics of StatisticsProgram -> [batch, 4], the batch made even: all
 * that the gradient of a row depends on beside its logits, (shift, scale, label, dy), in one texel, so
 * that its many fragments do not gather it from three places. The texels of a pair of rows lie side by
 * side.
 *
 *   scale = (1 + 2 zLoss logsumexp) / sumExp,   logsumexp = shift + log(sumExp)
 *
 * The terms also say what a row is. The scale of a row that must be NaN is NaN. All terms of a row that
 * is 0 are 0: one of an ignored label, or past the end of an odd batch.
 */
export class RowTermsProgram implements GPGPUProgram {
  readonly variableNames = ['dy', 'labels', 'statistics'];
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [
    {name: 'batch' as const, type: 'int' as const},
    {name: 'numClasses' as const, type: 'int' as const},
    {name: 'windows' as const, type: 'int' as const},
    {name: 'rowsPerTexel' as const, type: 'int' as const},
    {name: 'ignoreClass' as const, type: 'float' as const},
    {name: 'zLoss' as const, type: 'float' as const},
  ];
  readonly outputShape: number[];
  readonly userCode = `
  ${statisticsGlsl()}
  ${labelsGlsl}
  void main() {
    ivec2 place = getOutputCoords();
    int row = place.x + place.y / 2;
    float label = row < batch ? roundLabel(getChannel(getLabels(row), row)) : ignoreClass;
    if (label == ignoreClass) {
      setOutput(vec4(0.));
      return;
    }
    ${combineWindowsGlsl(false)}
    bool isClass = label >= 0. && label < float(numClasses);
    float numerator = zLoss > 0. ? 1. + 2. * zLoss * (shift + log(sumExp)) : 1.;
    float scale = isClass && isSum(sumExp) ? numerator / sumExp : NAN;
    setOutput(vec4(shift, scale, label, getChannel(getDy(row), row)));
  }
`;

  constructor(batch: number) {
    this.outputShape = [2 * Math.ceil(batch / 2), 4];
  }
}
