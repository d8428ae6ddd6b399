/**
 * loss = log(sumExp) + (largest - x[label]), in this order: with logits of a million, log(sumExp)
 * would not survive being added to `largest` first.
 *
 * Needs the ints row and rowPair and the vec2s largest and sumExp of the pair; sets the output.
 * A label out of range reads no neighbour's logit: its loss is NaN. Labels are rounded: tf.pow, for
 * one, leaves 99.99999 in an int32 texture for 100.
 */
export const setLossGlsl = `
    bool isUpper = row == 2 * rowPair;
    float rowLargest = isUpper ? largest.x : largest.y;
    float rowSumExp = isUpper ? sumExp.x : sumExp.y;

    float label = floor(getChannel(getLabels(row), row) + 0.5);
    bool isClass = label >= 0. && label < float(numClasses);
    int column = isClass ? int(label) : 0;
    ivec2 featuresSize = texelsOf(featuresTexShape);
    int number = rowPair * ((numClasses + 1) / 2) + column / 2;
    vec4 x = texture(features, texelAt(number, featuresSize) / vec2(featuresSize));
    float labelLogit = getChannel(x, vec2(row, column));

    float loss = log(rowSumExp) + (rowLargest - labelLogit);
    setOutput(isClass && isSum(rowSumExp) ? loss : NAN);
`;
