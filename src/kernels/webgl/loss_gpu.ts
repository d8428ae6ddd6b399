import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {combineGapsGlsl, combineWindowsGlsl} from './combine_windows_glsl';
import {lossOfGlsl, lossUniforms, rowGlsl} from './row_glsl';
import {gapGlsl, statisticsGlsl} from './statistics_glsl';

/**
 * logits [batch, numClasses], labels [batch], statistics -> loss [batch].
 *
 * Not packed: a sum or a mean usually follows, and those of tf.js read no packed texture.
 */
export class LossProgram implements GPGPUProgram {
  readonly variableNames = ['logits', 'labels', 'statistics'];
  readonly packedInputs = true;
  readonly packedOutput = false;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [
    ...lossUniforms,
    {name: 'windows' as const, type: 'int' as const},
    {name: 'rowsPerTexel' as const, type: 'int' as const},
  ];
  readonly outputShape: number[];
  readonly userCode = `
  ${statisticsGlsl()}
  ${combineWindowsGlsl}
  ${gapGlsl}
  ${combineGapsGlsl}
  ${rowGlsl}
  ${lossOfGlsl}
  void main() {
    int row = getOutputCoords();
    float label = roundLabel(getChannel(getLabels(row), row));
    float labelLogit = labelLogitOf(row, label);
    Row joined = joinLabel(combineWindows(row), label, labelLogit);
    float halfMeanGap = 0.;
    if (labelSmoothing > 0.) halfMeanGap = halfMeanGapOf(combineGaps(row, joined.shift));
    setOutput(lossOf(joined, label, labelLogit, halfMeanGap));
  }
`;

  constructor(batch: number) {
    this.outputShape = [batch];
  }
}
