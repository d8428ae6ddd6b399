// StatisticsProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int row = number / size.x;
    return vec2(number - row * size.x, row) + 0.5;
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uvec4 magnitudeBits(vec4 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  void main() {
    ivec2 rowAndColumn = getOutputCoords();
    int rowPair = rowAndColumn.x / 2;
    int window = rowAndColumn.y / 2;
    
    int texelsPerRow = (numClasses + 1) / 2;
    int wholeTexels = numClasses / 2;
    ivec2 size = texelsOf(featuresTexShape);
    vec2 at = texelAt(rowPair * texelsPerRow + window, size);
    vec2 stride = vec2(windows % size.x, windows / size.x);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    vec2 largest = vec2(LOWEST);
    vec2 sumExp = vec2(0.);
    uvec4 magnitudes = uvec4(0u);
    int texel = window;
    for (; texel < wholeTexels; texel += windows) {
      vec4 x = texture(features, at * toUV);
      magnitudes = max(magnitudes, magnitudeBits(x));
      vec2 larger = max(largest, max(x.xz, x.yw));
      sumExp = sumExp * exp(largest - larger) + exp(x.xz - larger) + exp(x.yw - larger);
      largest = larger;
      at += stride;
      at += step(width, at.x) * vec2(-width, 1.);
    }
    if (texel < texelsPerRow) {
      // The last texel of an odd number of classes: its right half is padding, of any value.
      vec4 x = texture(features, at * toUV);
      magnitudes.xz = max(magnitudes.xz, magnitudeBits(x).xz);
      vec2 larger = max(largest, x.xz);
      sumExp = sumExp * exp(largest - larger) + exp(x.xz - larger);
      largest = larger;
    }
    uvec2 magnitude = max(magnitudes.xz, magnitudes.yw);
    uvec2 largestBits = floatBitsToUint(largest);
    if (magnitude.x > INFINITY_BITS || largestBits.x == INFINITY_BITS) sumExp.x = NAN;
    if (magnitude.y > INFINITY_BITS || largestBits.y == INFINITY_BITS) sumExp.y = NAN;

    setOutput(vec4(largest.x, sumExp.x, largest.y, sumExp.y));
  }

// LossProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int row = number / size.x;
    return vec2(number - row * size.x, row) + 0.5;
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uvec4 magnitudeBits(vec4 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  void main() {
    int row = getOutputCoords();
    int rowPair = row / 2;
    
    ivec2 size = texelsOf(statisticsTexShape);
    vec2 at = texelAt(rowPair * windows, size);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    vec2 largest = vec2(LOWEST);
    vec2 sumExp = vec2(0.);
    uvec4 magnitudes = uvec4(0u);
    for (int window = 0; window < windows; window++) {
      vec4 part = texture(statistics, at * toUV);
      magnitudes = max(magnitudes, magnitudeBits(part));
      vec2 larger = max(largest, part.xz);
      sumExp = sumExp * exp(largest - larger) + part.yw * exp(part.xz - larger);
      largest = larger;
      at.x += 1.;
      at += step(width, at.x) * vec2(-width, 1.);
    }
    if (magnitudes.y > INFINITY_BITS) sumExp.x = NAN;
    if (magnitudes.w > INFINITY_BITS) sumExp.y = NAN;

    
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

  }

// FewClassesLossProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int row = number / size.x;
    return vec2(number - row * size.x, row) + 0.5;
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uvec4 magnitudeBits(vec4 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  void main() {
    int row = getOutputCoords();
    int rowPair = row / 2;
    const int window = 0;
    const int windows = 1;
    
    int texelsPerRow = (numClasses + 1) / 2;
    int wholeTexels = numClasses / 2;
    ivec2 size = texelsOf(featuresTexShape);
    vec2 at = texelAt(rowPair * texelsPerRow + window, size);
    vec2 stride = vec2(windows % size.x, windows / size.x);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    vec2 largest = vec2(LOWEST);
    vec2 sumExp = vec2(0.);
    uvec4 magnitudes = uvec4(0u);
    int texel = window;
    for (; texel < wholeTexels; texel += windows) {
      vec4 x = texture(features, at * toUV);
      magnitudes = max(magnitudes, magnitudeBits(x));
      vec2 larger = max(largest, max(x.xz, x.yw));
      sumExp = sumExp * exp(largest - larger) + exp(x.xz - larger) + exp(x.yw - larger);
      largest = larger;
      at += stride;
      at += step(width, at.x) * vec2(-width, 1.);
    }
    if (texel < texelsPerRow) {
      // The last texel of an odd number of classes: its right half is padding, of any value.
      vec4 x = texture(features, at * toUV);
      magnitudes.xz = max(magnitudes.xz, magnitudeBits(x).xz);
      vec2 larger = max(largest, x.xz);
      sumExp = sumExp * exp(largest - larger) + exp(x.xz - larger);
      largest = larger;
    }
    uvec2 magnitude = max(magnitudes.xz, magnitudes.yw);
    uvec2 largestBits = floatBitsToUint(largest);
    if (magnitude.x > INFINITY_BITS || largestBits.x == INFINITY_BITS) sumExp.x = NAN;
    if (magnitude.y > INFINITY_BITS || largestBits.y == INFINITY_BITS) sumExp.y = NAN;

    
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

  }

// RowTermsProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int row = number / size.x;
    return vec2(number - row * size.x, row) + 0.5;
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uvec4 magnitudeBits(vec4 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  void main() {
    ivec2 rowAndColumn = getOutputCoords();
    int row = rowAndColumn.x;
    int rowPair = row / 2;
    vec2 label = floor(getLabels(row).xy + 0.5); // As for the loss.
    if (rowAndColumn.y > 0) {
      vec2 rowDy = getDy(row).xy;
      setOutput(vec4(label.x, rowDy.x, label.y, rowDy.y));
      return;
    }
    
    ivec2 size = texelsOf(statisticsTexShape);
    vec2 at = texelAt(rowPair * windows, size);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    vec2 largest = vec2(LOWEST);
    vec2 sumExp = vec2(0.);
    uvec4 magnitudes = uvec4(0u);
    for (int window = 0; window < windows; window++) {
      vec4 part = texture(statistics, at * toUV);
      magnitudes = max(magnitudes, magnitudeBits(part));
      vec2 larger = max(largest, part.xz);
      sumExp = sumExp * exp(largest - larger) + part.yw * exp(part.xz - larger);
      largest = larger;
      at.x += 1.;
      at += step(width, at.x) * vec2(-width, 1.);
    }
    if (magnitudes.y > INFINITY_BITS) sumExp.x = NAN;
    if (magnitudes.w > INFINITY_BITS) sumExp.y = NAN;

    float classes = float(numClasses);
    vec2 scale = 1. / sumExp;
    if (!(label.x >= 0. && label.x < classes && isSum(sumExp.x))) scale.x = NAN;
    if (!(label.y >= 0. && label.y < classes && isSum(sumExp.y))) scale.y = NAN;
    setOutput(vec4(largest.x, scale.x, largest.y, scale.y));
  }

// GradProgram

  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int row = number / size.x;
    return vec2(number - row * size.x, row) + 0.5;
  }

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
