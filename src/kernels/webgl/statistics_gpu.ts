import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {scanWindowGlsl, statisticsGlsl} from './statistics_glsl';

/**
 * features [batch, classes] -> statistics [batch, 2 * windows]: (largest, sumExp) of each window of
 * each row, one texel for two rows. The one pass that reads all of the logits forward.
 */
export class StatisticsProgram implements GPGPUProgram {
  readonly variableNames = ['features'];
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
    int rowPair = rowAndColumn.x / 2;
    int window = rowAndColumn.y / 2;
    ${scanWindowGlsl}
    setOutput(vec4(largest.x, sumExp.x, largest.y, sumExp.y));
  }
`;

  constructor(batch: number, windows: number) {
    this.outputShape = [batch, 2 * windows];
  }
}
