/**
 * The gradient of a row depends on its logits and on four numbers, the row's terms:
 *
 *   dfeatures[j]     = exp(x[j] - shift) * scaledInvSumExp - c
 *   dfeatures[label] = labelGrad
 *
 *   scaledInvSumExp = dy (1 + zTerm) / sumExp,   zTerm = 2 zLoss (shift + log(sumExp))
 *   c = uniformScale dy
 *
 * labelGrad has the form that does not cancel, see kernels/rows/row_grad.ts. A scaledInvSumExp of
 * NaN makes a row of NaN, and terms of 0 make a row of 0, whatever the logits. A z-loss may make
 * scaledInvSumExp 0 alone, and such a row keeps its target.
 *
 * A texel holds four of them, (shift, scaledInvSumExp, label, labelGrad). That is all where c is 0.
 * Where it is not, dy takes the place of labelGrad, and each texel computes c and labelGrad from it.
 * This labelGrad may cancel, but there no form avoids that: with a smoothing s it is 0 where
 * p[label] = 1 - s.
 */

/** termsOf a row that joinLabel made. Needs the uniforms of Grad's attributes. */
export const termsOfGlsl = `
  vec4 termsOf(Row row, float label, float rowDy) {
    float sumExp = 1. + row.sumOfSmaller;
    float zTerm = 0.;
    if (zLoss > 0.) zTerm = 2. * zLoss * (row.shift + logOfSumExp(row));
    float scaledInvSumExp = row.isNaN ? NAN : rowDy * (1. + zTerm) / sumExp;
    float labelGrad = rowDy * ((1. - labelScale + zTerm) * (row.labelExp / sumExp) -
        labelScale * (row.sumOfOthers / sumExp));
    float last = uniformScale == 0. ? labelGrad : rowDy;
    return label == ignoreClass ? vec4(0.) : vec4(row.shift, scaledInvSumExp, label, last);
  }
`;

/** Writes the gradient of a window, which is a texel here: two columns of two rows. */
export const writeWindowGlsl = `
  vec2 gradOf(vec2 x, float column, vec4 terms) {
    float shift = terms.x;
    float scaledInvSumExp = terms.y;
    float label = terms.z;
    bool hasC = uniformScale != 0.;
    float c = hasC ? uniformScale * terms.w : 0.;
    vec2 grad = exp(x - shift) * scaledInvSumExp - c;
    vec2 labelGrad = hasC ? grad - labelScale * terms.w : terms.ww;
    grad = vec2(column == label ? labelGrad.x : grad.x, column + 1. == label ? labelGrad.y : grad.y);
    bool isZero = scaledInvSumExp == 0. && terms.w == 0.;
    return isNaN(scaledInvSumExp) ? vec2(NAN) : isZero ? vec2(0.) : grad;
  }

  void writeWindow(vec4 x, float column, vec4 upperTerms, vec4 lowerTerms) {
    vec4 grad = vec4(gradOf(x.xy, column, upperTerms), gradOf(x.zw, column, lowerTerms));
    if (column + 1. >= float(numClasses)) grad.yw = vec2(0.); // Padding.
    setOutput(grad);
  }
`;
