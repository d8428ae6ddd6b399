import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {setLossGlsl} from './loss_glsl';
import {scanWindowGlsl, statisticsGlsl} from './statistics_glsl';

/**
 * features [batch, classes], labels [batch] -> loss [batch], with nothing in between: each fragment
 * reads its whole row. Not packed, as `LossProgram`.
 */
export class FewClassesLossProgram implements GPGPUProgram {
  readonly variableNames = ['features', 'labels'];
  readonly packedInputs = true;
  readonly packedOutput = false;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [{name: 'numClasses', type: 'int' as const}];
  readonly outputShape: number[];
  readonly userCode = `
  ${statisticsGlsl()}
  void main() {
    int row = getOutputCoords();
    int rowPair = row / 2;
    const int window = 0;
    const int windows = 1;
    ${scanWindowGlsl}
    ${setLossGlsl}
  }
`;

  constructor(batch: number) {
    this.outputShape = [batch];
  }
}
