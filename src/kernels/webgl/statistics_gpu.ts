import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {scanWindowGlsl} from './scan_window_glsl';
import {gapGlsl, statisticsGlsl} from './statistics_glsl';

/**
 * logits [batch, numClasses] -> statistics, see statistics.ts. The one pass forward
 * that reads all of the logits.
 *
 * Without the gap it reads each texel of the logits once, for both of its rows. With it, two
 * fragments next to each other read a texel, one for each row, so that the second finds it in the
 * cache.
 */
export class StatisticsProgram implements GPGPUProgram {
  readonly variableNames = ['logits'];
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [
    {name: 'numClasses' as const, type: 'int' as const},
    {name: 'windows' as const, type: 'int' as const},
    {name: 'gapScale' as const, type: 'float' as const},
  ];
  readonly outputShape: number[];
  readonly userCode: string;

  constructor(batch: number, windows: number, withGap: boolean) {
    this.outputShape = [withGap ? 2 * batch : batch, 2 * windows];
    this.userCode = withGap ? oneRowATexel() : twoRowsATexel();
  }
}

const twoRowsATexel = () => `
  ${statisticsGlsl()}
  ${scanWindowGlsl('vec2', false)}
  void main() {
    ivec2 place = getOutputCoords();
    int row = place.x;
    if (row >= outShape.x) {
      setOutput(vec4(0.));
      return;
    }
    Window part = scanWindow(row, place.y >> 1, windows);
    bool hasLower = row + 1 < outShape.x; // Else it is padding, which must be 0.
    setOutput(vec4(part.shift.x, part.sumOfSmaller.x,
                   hasLower ? vec2(part.shift.y, part.sumOfSmaller.y) : vec2(0.)));
  }
`;

const oneRowATexel = () => `
  ${statisticsGlsl()}
  ${gapGlsl}
  ${scanWindowGlsl('float', true)}
  void main() {
    ivec2 place = getOutputCoords();
    if (place.x >= outShape.x) {
      setOutput(vec4(0.));
      return;
    }
    Window part = scanWindow(place.x >> 1, place.y >> 1, windows);
    setOutput(vec4(part.shift, part.sumOfSmaller, part.gapSum, part.count));
  }
`;
