import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {setLossGlsl} from './loss_glsl';
import {combineWindowsGlsl, statisticsGlsl} from './statistics_glsl';

/**
 * features [batch, classes], labels [batch], statistics [batch, 2 * windows] -> loss [batch].
 *
 * Not packed: what follows a loss is a sum or a mean, and those of tf.js read no packed texture.
 */
export class LossProgram implements GPGPUProgram {
  readonly variableNames = ['features', 'labels', 'statistics'];
  readonly packedInputs = true;
  readonly packedOutput = false;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [
    {name: 'numClasses', type: 'int' as const},
    {name: 'windows', type: 'int' as const},
  ];
  readonly outputShape: number[];
  readonly userCode = `
  ${statisticsGlsl()}
  void main() {
    int row = getOutputCoords();
    int rowPair = row / 2;
    ${combineWindowsGlsl}
    ${setLossGlsl}
  }
`;

  constructor(batch: number) {
    this.outputShape = [batch];
  }
}
