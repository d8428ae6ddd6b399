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
 */
export const termsWgsl = `
struct Terms {
  shift : f32,
  scaledInvSumExp : f32,
  c : f32,
  labelGrad : f32,
}
`;

/** The terms of a row that joinLabel made. */
export const termsOfWgsl = `
fn termsOf(row : Row, label : i32, rowDy : f32) -> Terms {
  if (isIgnored(label)) {
    return Terms(0.0, 0.0, 0.0, 0.0);
  }
  if (row.isNaN) {
    return Terms(0.0, uniforms.NAN, 0.0, 0.0);
  }
  let sumExp = 1.0 + row.sumOfSmaller;
  var zTerm = 0.0;
  if (uniforms.zLoss > 0.0) {
    zTerm = 2.0 * uniforms.zLoss * (row.shift + logOfSumExp(row));
  }
  let labelGrad = rowDy * ((1.0 - uniforms.labelScale + zTerm) * (row.labelExp / sumExp) -
      uniforms.labelScale * (row.sumOfOthers / sumExp) - uniforms.uniformScale);
  // rowDy may be Infinity.
  let c = select(uniforms.uniformScale * rowDy, 0.0, uniforms.uniformScale == 0.0);
  return Terms(row.shift, rowDy * (1.0 + zTerm) / sumExp, c, labelGrad);
}
`;

/** Writes the gradient of a window. */
export const writeWindowWgsl = `
fn writeWindow(row : i32, window : i32, windows : i32, label : i32, terms : Terms) {
  let begin = row * uniforms.numClasses;
  let isZero = terms.scaledInvSumExp == 0.0 && terms.c == 0.0 && terms.labelGrad == 0.0;
  let isConstant = isNaN(terms.scaledInvSumExp) || isZero;
  for (var column = window; column < uniforms.numClasses; column += windows) {
    let x = f32(logits[begin + column]);
    var value = exp(x - terms.shift) * terms.scaledInvSumExp - terms.c;
    value = select(value, terms.labelGrad, column == label);
    result[begin + column] = select(value, terms.scaledInvSumExp, isConstant);
  }
}
`;
