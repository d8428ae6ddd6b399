import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {bothRows, oneRow, scanWindowGlsl} from './scan_window_glsl';
import {statisticsGlsl} from './statistics_glsl';

/**
 * features [batch, classes] -> (shift, sumExp) of each window of each row. The one pass that reads all
 * of the logits forward.
 *
 *   without the deficit [batch, 2 * windows]:      (shift, sumExp) of two rows to a texel
 *   with it             [2 * batch, 2 * windows]:  (shift, sumExp, deficit, count) of one row to a texel
 *
 * The first reads each texel of the logits once. The second reads it in two fragments that lie next to
 * each other, so that one of them finds it in the cache, and still takes each exponential once.
 */
export class StatisticsProgram implements GPGPUProgram {
  readonly variableNames = ['features'];
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [
    {name: 'numClasses' as const, type: 'int' as const},
    {name: 'windows' as const, type: 'int' as const},
    {name: 'deficitScale' as const, type: 'float' as const},
  ];
  readonly outputShape: number[];
  readonly userCode: string;

  constructor(batch: number, windows: number, withDeficit: boolean) {
    this.outputShape = [withDeficit ? 2 * batch : batch, 2 * windows];
    this.userCode = `
  ${statisticsGlsl()}
  void main() {
    ivec2 place = getOutputCoords();
    if (place.x >= outShape.x) {
      setOutput(vec4(0.));
      return;
    }
    int window = place.y / 2;
    ${withDeficit ? ofOneRow : ofBothRows}
  }
`;
  }
}

const ofBothRows = `
    int rowPair = place.x / 2;
    ${scanWindowGlsl(bothRows, false)}
    bool hasLower = place.x + 1 < outShape.x; // Else it is padding, which must be 0.
    setOutput(vec4(shift.x, sumExp.x, hasLower ? vec2(shift.y, sumExp.y) : vec2(0.)));
`;

const ofOneRow = `
    int row = place.x / 2;
    int rowPair = row / 2;
    bool isUpper = row == 2 * rowPair;
    ${scanWindowGlsl(oneRow, true)}
    setOutput(vec4(shift, sumExp, deficit, count));
`;
