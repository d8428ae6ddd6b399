import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {lossOfGlsl, lossUniforms, rowGlsl} from './row_glsl';
import {scanWindowGlsl} from './scan_window_glsl';
import {gapGlsl, statisticsGlsl} from './statistics_glsl';

/**
 * logits [batch, numClasses], labels [batch] -> loss [batch]: each fragment reads its whole row.
 * Not packed, as `LossProgram`.
 */
export class FewClassesLossProgram implements GPGPUProgram {
  readonly variableNames = ['logits', 'labels'];
  readonly packedInputs = true;
  readonly packedOutput = false;
  readonly enableShapeUniforms = true;
  readonly customUniforms = lossUniforms;
  readonly outputShape: number[];
  readonly userCode: string;

  constructor(batch: number, withGap: boolean) {
    this.outputShape = [batch];
    this.userCode = `
  ${statisticsGlsl()}
  ${gapGlsl}
  ${scanWindowGlsl('float', withGap)}
  ${rowGlsl}
  ${lossOfGlsl}
  void main() {
    int row = getOutputCoords();
    float label = roundLabel(getChannel(getLabels(row), row));
    float labelLogit = labelLogitOf(row, label);
    Window whole = scanWindow(row, 0, 1);
    Row joined = joinLabel(Statistics(whole.shift, whole.sumOfSmaller), label, labelLogit);
    float halfMeanGap = ${withGap ? 'halfMeanGapOf(whole.gapSum)' : '0.'};
    setOutput(lossOf(joined, label, labelLogit, halfMeanGap));
  }
`;
  }
}
