import type {GPGPUProgram} from '@tensorflow/tfjs-backend-webgl';

import {texelsGlsl} from './texels_glsl';

/**
 * features [batch, classes], rowTerms of RowTermsProgram -> dfeatures [batch, classes]:
 *
 *   dfeatures[j] = (exp(x[j] - shift) * scale - labelScale (j == label) - uniformScale) * dy
 *
 * with scale = (1 + 2 zLoss logsumexp) / sumExp. It is NaN in a row whose scale is NaN, and 0 in one
 * whose scale and dy are 0. A z-loss alone may make a scale of 0, and such a row keeps its target. What
 * a texel holds beyond the matrix is 0 too: tf.js's matMul multiplies it by the other factor's zeros,
 * which would make NaN of an Infinity or NaN.
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
  readonly customUniforms = [
    {name: 'labelScale' as const, type: 'float' as const},
    {name: 'uniformScale' as const, type: 'float' as const},
  ];
  readonly outputShape: number[];
  readonly userCode = `
  ${texelsGlsl}
  bool isNaN(float x) {
    return (floatBitsToUint(x) & 0x7fffffffu) > 0x7f800000u;
  }

  // Two columns of a row; terms are (shift, scale, label, dy).
  vec2 dfeaturesOf(vec2 x, vec2 columns, vec4 terms) {
    vec2 scaled = exp(x - terms.x) * terms.y;
    vec2 target = labelScale * vec2(equal(columns, terms.zz)) + uniformScale;
    vec2 dfeatures = (scaled - target) * terms.w;
    bool isZero = terms.y == 0. && terms.w == 0.;
    return isNaN(terms.y) ? vec2(NAN) : isZero ? vec2(0.) : dfeatures;
  }

  void main() {
    ivec2 outSize = texelsOf(outTexShape);
    int texelsPerRow = (outShape.y + 1) >> 1;
    vec2 fragment = floor(gl_FragCoord.xy);
    float column = 2. * fragment.x;
    vec2 featuresUV = resultUV;
    vec2 upperUV = vec2(0.25, resultUV.y);
    vec2 lowerUV = vec2(0.75, resultUV.y);
    if (outSize.x != texelsPerRow || featuresTexShape != outTexShape) {
      int number = int(fragment.y) * outSize.x + int(fragment.x);
      int rowPair = number / texelsPerRow;
      if (2 * rowPair >= outShape.x) { // The rest of a texture.
        setOutput(vec4(0.));
        return;
      }
      column = float(2 * (number - rowPair * texelsPerRow));
      ivec2 featuresSize = texelsOf(featuresTexShape);
      featuresUV = texelAt(number, featuresSize) / vec2(featuresSize);
      ivec2 termsSize = texelsOf(rowTermsTexShape);
      upperUV = texelAt(2 * rowPair, termsSize) / vec2(termsSize);
      lowerUV = texelAt(2 * rowPair + 1, termsSize) / vec2(termsSize);
    }

    vec4 x = texture(features, featuresUV);
    vec2 columns = vec2(column, column + 1.);
    vec2 upper = dfeaturesOf(x.xy, columns, texture(rowTerms, upperUV));
    vec2 lower = dfeaturesOf(x.zw, columns, texture(rowTerms, lowerUV));
    vec4 dfeatures = vec4(upper, lower);
    if (columns.y >= float(outShape.y)) dfeatures.yw = vec2(0.);
    setOutput(dfeatures);
  }
`;

  constructor(batch: number, numClasses: number) {
    this.outputShape = [batch, numClasses];
  }
}
