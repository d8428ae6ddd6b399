import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {statisticsGlsl} from './statistics_glsl';
import {writeWindowGlsl} from './terms_glsl';

/**
 * logits [batch, numClasses], rowTerms of RowTermsProgram -> dfeatures [batch, numClasses]. A texel
 * is 0 beyond the matrix: tf.js's matMul multiplies it by the other factor's zeros, which would
 * make NaN of Infinity or NaN.
 *
 * Three reads and one write for four numbers. Where the textures are as wide as the matrix (and the
 * terms two texels wide, one pair of rows below the other), the fragment's own place is all the
 * addressing. An integer division costs as much as a read.
 */
export class GradProgram implements GPGPUProgram {
  readonly variableNames = ['logits', 'rowTerms'];
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [
    {name: 'numClasses' as const, type: 'int' as const},
    {name: 'labelScale' as const, type: 'float' as const},
    {name: 'uniformScale' as const, type: 'float' as const},
  ];
  readonly outputShape: number[];
  readonly userCode = `
  ${statisticsGlsl()}
  ${writeWindowGlsl}
  void main() {
    ivec2 outSize = texelsOf(outTexShape);
    int texelsPerRow = (numClasses + 1) >> 1;
    vec2 fragment = floor(gl_FragCoord.xy);
    float column = 2. * fragment.x;
    vec2 logitsUV = resultUV;
    vec2 upperUV = vec2(0.25, resultUV.y);
    vec2 lowerUV = vec2(0.75, resultUV.y);
    if (outSize.x != texelsPerRow || logitsTexShape != outTexShape) {
      int number = int(fragment.y) * outSize.x + int(fragment.x);
      int rowPair = number / texelsPerRow;
      if (2 * rowPair >= outShape.x) { // The rest of a texture.
        setOutput(vec4(0.));
        return;
      }
      column = float(2 * (number - rowPair * texelsPerRow));
      ivec2 logitsSize = texelsOf(logitsTexShape);
      logitsUV = texelAt(number, logitsSize) / vec2(logitsSize);
      ivec2 termsSize = texelsOf(rowTermsTexShape);
      vec2 upperAt = texelAt(2 * rowPair, termsSize);
      upperUV = upperAt / vec2(termsSize);
      lowerUV = advance(upperAt, vec2(1., 0.), float(termsSize.x)) / vec2(termsSize);
    }
    writeWindow(texture(logits, logitsUV), column, texture(rowTerms, upperUV), texture(rowTerms, lowerUV));
  }
`;

  constructor(batch: number, numClasses: number) {
    this.outputShape = [batch, numClasses];
  }
}
