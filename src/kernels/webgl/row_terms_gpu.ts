import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {combineWindowsGlsl} from './combine_windows_glsl';
import {rowGlsl} from './row_glsl';
import {statisticsGlsl} from './statistics_glsl';
import {termsOfGlsl} from './terms_glsl';

/**
 * dy [batch], logits [batch, numClasses], labels [batch], statistics -> rowTerms [batch, 4], the
 * batch made even: the terms of each row in one texel, once for the many fragments of its gradient.
 * The texels of a pair of rows lie side by side. Past the end of an odd batch they are 0.
 */
export class RowTermsProgram implements GPGPUProgram {
  readonly variableNames = ['dy', 'logits', 'labels', 'statistics'];
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [
    {name: 'batch' as const, type: 'int' as const},
    {name: 'numClasses' as const, type: 'int' as const},
    {name: 'windows' as const, type: 'int' as const},
    {name: 'rowsPerTexel' as const, type: 'int' as const},
    {name: 'ignoreClass' as const, type: 'float' as const},
    {name: 'labelScale' as const, type: 'float' as const},
    {name: 'uniformScale' as const, type: 'float' as const},
    {name: 'zLoss' as const, type: 'float' as const},
  ];
  readonly outputShape: number[];
  readonly userCode = `
  ${statisticsGlsl()}
  ${combineWindowsGlsl}
  ${rowGlsl}
  ${termsOfGlsl}
  void main() {
    ivec2 place = getOutputCoords();
    int row = place.x + (place.y >> 1);
    float label = row < batch ? roundLabel(getChannel(getLabels(row), row)) : ignoreClass;
    Row joined = joinLabel(combineWindows(row), label, labelLogitOf(row, label));
    setOutput(termsOf(joined, label, getChannel(getDy(row), row)));
  }
`;

  constructor(batch: number) {
    this.outputShape = [2 * Math.ceil(batch / 2), 4];
  }
}
