/**
 * A row whose label has joined its statistics, and its loss:
 *
 *   loss = log(sumExp) + (shift - x[label])
 *
 * in this order: with logits of a million, log(sumExp) would not survive being added to the shift
 * first. Where the label is the largest logit, the second term is 0. The first is
 * log(1 + sumOfSmaller), which may be tiny.
 *
 * Label smoothing s mixes in the loss of the uniform target, for which mean(x) replaces x[label]:
 *
 *   loss = log(sumExp) + 2 ((1 - s) (shift - x[label]) / 2 + s meanGap / 2)
 *   meanGap = shift - mean(x)
 *
 * in halves, since the difference of two floats may overflow where the loss does not.
 *
 * A z-loss k adds k lse^2, lse = shift + log(sumExp). One factor is multiplied by k first, so that
 * only a result too large for a float overflows.
 */

/** joinLabel and logOfSumExp. Need the input `logits`. */
export const rowGlsl = `
  struct Row {
    float shift;
    float sumOfSmaller;
    float labelExp;
    float sumOfOthers; // All but the label's.
    bool isNaN;
  };

  // An invalid label reads column 0, and joinLabel makes its row NaN.
  float labelLogitOf(int row, float label) {
    int column = isClass(label) ? int(label) : 0;
    int number = (row >> 1) * ((numClasses + 1) >> 1) + (column >> 1);
    ivec2 size = texelsOf(logitsTexShape);
    return getChannel(texture(logits, texelAt(number, size) / vec2(size)), vec2(row, column));
  }

  // log(1 + x). Close to 1, log is not exact on every GPU and 1 + x drops a small x. There it is
  // 2 artanh(z), z = x / (2 + x), by its series, whose next term is 2 z^15 / 15 < 1e-8.
  float logOnePlus(float x) {
    float z = x / (2. + x);
    float q = z * z;
    float series = 1. + q * (1. / 3. + q * (1. / 5. + q * (1. / 7. +
        q * (1. / 9. + q * (1. / 11. + q * (1. / 13.))))));
    return x >= 1. ? log(1. + x) : 2. * z * series;
  }

  // log(sumExp), sumExp = 1 + sumOfSmaller
  float logOfSumExp(Row row) {
    return logOnePlus(row.sumOfSmaller);
  }

  Row joinLabel(Statistics statistics, float label, float labelLogit) {
    float sumOfSmaller = statistics.sumOfSmaller;
    bool isLargest = labelLogit == statistics.shift;
    float labelExp = isLargest ? 1. : exp(labelLogit - statistics.shift);
    // Nothing cancels: if the label is not the largest logit, labelExp is a term of sumOfSmaller.
    float sumOfOthers = isLargest ? sumOfSmaller : sumOfSmaller + (1. - labelExp);
    bool isNaNRow = !isClass(label) || isNaN(sumOfSmaller) || sumOfSmaller == -1.;
    return Row(statistics.shift, sumOfSmaller, labelExp, sumOfOthers, isNaNRow);
  }
`;

/** The uniforms of a program that includes `lossOfGlsl`. */
export const lossUniforms = [
  {name: 'numClasses' as const, type: 'int' as const},
  {name: 'ignoreClass' as const, type: 'float' as const},
  {name: 'gapScale' as const, type: 'float' as const},
  {name: 'labelSmoothing' as const, type: 'float' as const},
  {name: 'zLoss' as const, type: 'float' as const},
];

/** The loss of a row that joinLabel made. */
export const lossOfGlsl = `
  float lossOf(Row row, float label, float labelLogit, float halfMeanGap) {
    bool isInfinite = floatBitsToUint(labelLogit) == NEGATIVE_INFINITY_BITS ||
        floatBitsToUint(halfMeanGap) == INFINITY_BITS;
    float halfGap = (1. - labelSmoothing) * (0.5 * row.shift - 0.5 * labelLogit) +
        labelSmoothing * halfMeanGap;
    float logSum = logOfSumExp(row);
    float loss = logSum + 2. * halfGap;
    if (zLoss > 0.) {
      float lse = row.shift + logSum;
      loss += zLoss * lse * lse;
    }
    if (isInfinite) loss = uintBitsToFloat(INFINITY_BITS);
    if (row.isNaN) loss = NAN;
    return label == ignoreClass ? 0. : loss;
  }
`;
