import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {texelsGlsl} from './texels_glsl';

/**
 * features [batch, classes], rowTerms [batch, 4] -> dfeatures [batch, classes]:
 *
 *   dfeatures[j] = (exp(x[j] - largest) * scale - (j == label)) * dy,   scale = 1 / sumExp
 *
 * Three reads and one write for four numbers. Where the textures are as wide as the matrix (and the
 * terms two texels wide, one pair of rows below the other), the fragment's own place is all the
 * addressing there is; an integer division costs as much as a read.
 */
export class GradProgram implements GPGPUProgram {
  readonly variableNames = ['features', 'rowTerms'];
  readonly packedInputs = true;
  readonly packedOutput = true;
  readonly enableShapeUniforms = true;
  readonly customUniforms = [{name: 'texelsPerRow', type: 'int' as const}];
  readonly outputShape: number[];
  readonly userCode = `
  ${texelsGlsl}
  bool isNaN(float x) {
    return (floatBitsToUint(x) & 0x7fffffffu) > 0x7f800000u;
  }

  void main() {
    ivec2 outSize = texelsOf(outTexShape);
    vec2 fragment = floor(gl_FragCoord.xy);
    float column = 2. * fragment.x;
    vec2 featuresUV = resultUV;
    vec2 softmaxUV = vec2(0.25, resultUV.y);
    vec2 labelUV = vec2(0.75, resultUV.y);
    if (outSize.x != texelsPerRow || featuresTexShape != outTexShape) {
      int number = int(fragment.y) * outSize.x + int(fragment.x);
      int rowPair = number / texelsPerRow;
      column = float(2 * (number - rowPair * texelsPerRow));
      ivec2 featuresSize = texelsOf(featuresTexShape);
      featuresUV = texelAt(number, featuresSize) / vec2(featuresSize);
      ivec2 termsSize = texelsOf(rowTermsTexShape);
      softmaxUV = texelAt(2 * rowPair, termsSize) / vec2(termsSize);
      labelUV = texelAt(2 * rowPair + 1, termsSize) / vec2(termsSize);
    }

    vec4 x = texture(features, featuresUV);
    vec4 terms = texture(rowTerms, softmaxUV);
    vec4 labelAndDy = texture(rowTerms, labelUV);
    vec4 columns = vec4(column, column + 1., column, column + 1.);
    vec4 softmax = exp(x - terms.xxzz) * terms.yyww;
    vec4 dfeatures = (softmax - vec4(equal(columns, labelAndDy.xxzz))) * labelAndDy.yyww;
    if (isNaN(terms.y)) dfeatures.xy = vec2(NAN);
    if (isNaN(terms.w)) dfeatures.zw = vec2(NAN);
    setOutput(dfeatures);
  }
`;

  constructor(batch: number, numClasses: number) {
    this.outputShape = [batch, numClasses];
  }
}
