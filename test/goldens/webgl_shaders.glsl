// StatisticsProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int y = number / size.x;
    return vec2(number - y * size.x, y) + 0.5;
  }

  // How far apart two texels are whose numbers differ by so much, but for the end of a line.
  vec2 strideOf(int step, ivec2 size) {
    return vec2(step % size.x, step / size.x);
  }

  // The middle of the texel a stride further on.
  vec2 advance(vec2 at, vec2 stride, float width) {
    vec2 next = at + stride;
    return next + step(width, next.x) * vec2(-width, 1.);
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uint magnitudeBits(float x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  uvec2 magnitudeBits(vec2 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  // NaN for a row that holds a NaN, which is above Infinity by its bits, or Infinity.
  float sumOrNaN(float sumExp, uint magnitude, float largest) {
    bool isNaN = magnitude > INFINITY_BITS || floatBitsToUint(largest) == INFINITY_BITS;
    return isNaN ? NAN : sumExp;
  }

  vec2 sumOrNaN(vec2 sumExp, uvec2 magnitude, vec2 largest) {
    return vec2(sumOrNaN(sumExp.x, magnitude.x, largest.x), sumOrNaN(sumExp.y, magnitude.y, largest.y));
  }

  void main() {
    ivec2 place = getOutputCoords();
    if (place.x >= outShape.x) {
      setOutput(vec4(0.));
      return;
    }
    int window = place.y / 2;
    
    int rowPair = place.x / 2;
    
    int texelsPerRow = (numClasses + 1) / 2;
    int wholeTexels = numClasses / 2;
    ivec2 size = texelsOf(featuresTexShape);
    vec2 at = texelAt(rowPair * texelsPerRow + window, size);
    vec2 stride = strideOf(windows, size);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    vec2 largest = vec2(LOWEST);
    vec2 sumExp = vec2(0.);
    uvec2 magnitude = uvec2(0u);
    int texel = window;
    for (; texel + windows < wholeTexels; texel += 2 * windows) {
      vec4 x = texture(features, at * toUV);
      vec2 a = x.xz;
      vec2 b = x.yw;
      at = advance(at, stride, width);
      x = texture(features, at * toUV);
      vec2 c = x.xz;
      vec2 d = x.yw;
      at = advance(at, stride, width);
      magnitude = max(max(max(max(magnitude, magnitudeBits(a)), magnitudeBits(b)), magnitudeBits(c)), magnitudeBits(d));
      vec2 larger = max(max(max(max(largest, a), b), c), d);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger) + exp(b - larger) + exp(c - larger) + exp(d - larger);
      largest = larger;
    }
    if (texel < wholeTexels) {
      vec4 x = texture(features, at * toUV);
      vec2 a = x.xz;
      vec2 b = x.yw;
      at = advance(at, stride, width);
      texel += windows;
      magnitude = max(max(magnitude, magnitudeBits(a)), magnitudeBits(b));
      vec2 larger = max(max(largest, a), b);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger) + exp(b - larger);
      largest = larger;
    }
    if (texel < texelsPerRow) {
      // The last texel of an odd number of classes: its right half is padding, of any value.
      vec4 x = texture(features, at * toUV);
      vec2 a = x.xz;
      magnitude = max(magnitude, magnitudeBits(a));
      vec2 larger = max(largest, a);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger);
      largest = larger;
    }
    vec2 shift = largest;
    sumExp = sumOrNaN(sumExp, magnitude, largest);

    bool hasLower = place.x + 1 < outShape.x; // Else it is padding, which must be 0.
    setOutput(vec4(shift.x, sumExp.x, hasLower ? vec2(shift.y, sumExp.y) : vec2(0.)));

  }

// StatisticsProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int y = number / size.x;
    return vec2(number - y * size.x, y) + 0.5;
  }

  // How far apart two texels are whose numbers differ by so much, but for the end of a line.
  vec2 strideOf(int step, ivec2 size) {
    return vec2(step % size.x, step / size.x);
  }

  // The middle of the texel a stride further on.
  vec2 advance(vec2 at, vec2 stride, float width) {
    vec2 next = at + stride;
    return next + step(width, next.x) * vec2(-width, 1.);
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uint magnitudeBits(float x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  uvec2 magnitudeBits(vec2 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  // NaN for a row that holds a NaN, which is above Infinity by its bits, or Infinity.
  float sumOrNaN(float sumExp, uint magnitude, float largest) {
    bool isNaN = magnitude > INFINITY_BITS || floatBitsToUint(largest) == INFINITY_BITS;
    return isNaN ? NAN : sumExp;
  }

  vec2 sumOrNaN(vec2 sumExp, uvec2 magnitude, vec2 largest) {
    return vec2(sumOrNaN(sumExp.x, magnitude.x, largest.x), sumOrNaN(sumExp.y, magnitude.y, largest.y));
  }

  void main() {
    ivec2 place = getOutputCoords();
    if (place.x >= outShape.x) {
      setOutput(vec4(0.));
      return;
    }
    int window = place.y / 2;
    
    int row = place.x / 2;
    int rowPair = row / 2;
    bool isUpper = row == 2 * rowPair;
    
    int texelsPerRow = (numClasses + 1) / 2;
    int wholeTexels = numClasses / 2;
    ivec2 size = texelsOf(featuresTexShape);
    vec2 at = texelAt(rowPair * texelsPerRow + window, size);
    vec2 stride = strideOf(windows, size);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    float largest = float(LOWEST);
    float sumExp = float(0.);
    uint magnitude = uint(0u);
    float deficit = float(0.);
    float top = largest * deficitScale;
    float count = 0.;
    int texel = window;
    for (; texel + windows < wholeTexels; texel += 2 * windows) {
      vec4 x = texture(features, at * toUV);
      float a = (isUpper ? x.x : x.z);
      float b = (isUpper ? x.y : x.w);
      at = advance(at, stride, width);
      x = texture(features, at * toUV);
      float c = (isUpper ? x.x : x.z);
      float d = (isUpper ? x.y : x.w);
      at = advance(at, stride, width);
      magnitude = max(max(max(max(magnitude, magnitudeBits(a)), magnitudeBits(b)), magnitudeBits(c)), magnitudeBits(d));
      float larger = max(max(max(max(largest, a), b), c), d);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger) + exp(b - larger) + exp(c - larger) + exp(d - larger);
      float newTop = larger * deficitScale;
      deficit += count * (newTop - top) + ((newTop - a * deficitScale) + (newTop - b * deficitScale) + (newTop - c * deficitScale) + (newTop - d * deficitScale));
      top = newTop;
      count += 4.;
      largest = larger;
    }
    if (texel < wholeTexels) {
      vec4 x = texture(features, at * toUV);
      float a = (isUpper ? x.x : x.z);
      float b = (isUpper ? x.y : x.w);
      at = advance(at, stride, width);
      texel += windows;
      magnitude = max(max(magnitude, magnitudeBits(a)), magnitudeBits(b));
      float larger = max(max(largest, a), b);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger) + exp(b - larger);
      float newTop = larger * deficitScale;
      deficit += count * (newTop - top) + ((newTop - a * deficitScale) + (newTop - b * deficitScale));
      top = newTop;
      count += 2.;
      largest = larger;
    }
    if (texel < texelsPerRow) {
      // The last texel of an odd number of classes: its right half is padding, of any value.
      vec4 x = texture(features, at * toUV);
      float a = (isUpper ? x.x : x.z);
      magnitude = max(magnitude, magnitudeBits(a));
      float larger = max(largest, a);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger);
      float newTop = larger * deficitScale;
      deficit += count * (newTop - top) + ((newTop - a * deficitScale));
      top = newTop;
      count += 1.;
      largest = larger;
    }
    float shift = largest;
    sumExp = sumOrNaN(sumExp, magnitude, largest);

    setOutput(vec4(shift, sumExp, deficit, count));

  }

// LossProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int y = number / size.x;
    return vec2(number - y * size.x, y) + 0.5;
  }

  // How far apart two texels are whose numbers differ by so much, but for the end of a line.
  vec2 strideOf(int step, ivec2 size) {
    return vec2(step % size.x, step / size.x);
  }

  // The middle of the texel a stride further on.
  vec2 advance(vec2 at, vec2 stride, float width) {
    vec2 next = at + stride;
    return next + step(width, next.x) * vec2(-width, 1.);
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uint magnitudeBits(float x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  uvec2 magnitudeBits(vec2 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  // NaN for a row that holds a NaN, which is above Infinity by its bits, or Infinity.
  float sumOrNaN(float sumExp, uint magnitude, float largest) {
    bool isNaN = magnitude > INFINITY_BITS || floatBitsToUint(largest) == INFINITY_BITS;
    return isNaN ? NAN : sumExp;
  }

  vec2 sumOrNaN(vec2 sumExp, uvec2 magnitude, vec2 largest) {
    return vec2(sumOrNaN(sumExp.x, magnitude.x, largest.x), sumOrNaN(sumExp.y, magnitude.y, largest.y));
  }

  
  float roundLabel(float label) {
    float whole = floor(label);
    return whole + step(0.5, label - whole);
  }

  void main() {
    int row = getOutputCoords();
    int rowPair = row / 2;
    
    ivec2 size = texelsOf(statisticsTexShape);
    vec2 at = texelAt((row / rowsPerTexel) * windows, size);
    vec2 next = vec2(1., 0.);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);
    bool isSecond = row % rowsPerTexel == 1;

    float shift = LOWEST;
    float sumExp = 0.;
    uint magnitude = 0u;
    for (int window = 0; window < windows; window++) {
      vec4 texel = texture(statistics, at * toUV);
      vec2 part = isSecond ? texel.zw : texel.xy;
      magnitude = max(magnitude, magnitudeBits(part.y));
      float larger = max(shift, part.x);
      sumExp = sumExp * exp(shift - larger) + part.y * exp(part.x - larger);
      shift = larger;
      at = advance(at, next, width);
    }
    if (magnitude > INFINITY_BITS) sumExp = NAN;

    
    float label = roundLabel(getChannel(getLabels(row), row));
    bool isClass = label >= 0. && label < float(numClasses);
    int column = isClass ? int(label) : 0;
    ivec2 featuresSize = texelsOf(featuresTexShape);
    int number = rowPair * ((numClasses + 1) / 2) + column / 2;
    vec4 x = texture(features, texelAt(number, featuresSize) / vec2(featuresSize));
    float labelLogit = getChannel(x, vec2(row, column));

    float halfDistance = 0.;
    if (labelWeight > 0.) halfDistance += labelWeight * (0.5 * shift - 0.5 * labelLogit);
    
    float loss = log(sumExp) + 2. * halfDistance;
    if (zLoss > 0.) {
      float logSumExp = shift + log(sumExp);
      loss += zLoss * logSumExp * logSumExp;
    }
    setOutput(label == ignoreClass ? 0. : isClass && isSum(sumExp) ? loss : NAN);

  }

// LossProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int y = number / size.x;
    return vec2(number - y * size.x, y) + 0.5;
  }

  // How far apart two texels are whose numbers differ by so much, but for the end of a line.
  vec2 strideOf(int step, ivec2 size) {
    return vec2(step % size.x, step / size.x);
  }

  // The middle of the texel a stride further on.
  vec2 advance(vec2 at, vec2 stride, float width) {
    vec2 next = at + stride;
    return next + step(width, next.x) * vec2(-width, 1.);
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uint magnitudeBits(float x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  uvec2 magnitudeBits(vec2 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  // NaN for a row that holds a NaN, which is above Infinity by its bits, or Infinity.
  float sumOrNaN(float sumExp, uint magnitude, float largest) {
    bool isNaN = magnitude > INFINITY_BITS || floatBitsToUint(largest) == INFINITY_BITS;
    return isNaN ? NAN : sumExp;
  }

  vec2 sumOrNaN(vec2 sumExp, uvec2 magnitude, vec2 largest) {
    return vec2(sumOrNaN(sumExp.x, magnitude.x, largest.x), sumOrNaN(sumExp.y, magnitude.y, largest.y));
  }

  
  float roundLabel(float label) {
    float whole = floor(label);
    return whole + step(0.5, label - whole);
  }

  void main() {
    int row = getOutputCoords();
    int rowPair = row / 2;
    
    ivec2 size = texelsOf(statisticsTexShape);
    vec2 at = texelAt((row / rowsPerTexel) * windows, size);
    vec2 next = vec2(1., 0.);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);
    bool isSecond = row % rowsPerTexel == 1;

    float shift = LOWEST;
    float sumExp = 0.;
    uint magnitude = 0u;
    float deficit = 0.;
    float count = 0.;
    for (int window = 0; window < windows; window++) {
      vec4 texel = texture(statistics, at * toUV);
      vec2 part = isSecond ? texel.zw : texel.xy;
      magnitude = max(magnitude, magnitudeBits(part.y));
      float larger = max(shift, part.x);
      sumExp = sumExp * exp(shift - larger) + part.y * exp(part.x - larger);
      float top = larger * deficitScale;
      deficit += count * (top - shift * deficitScale);
      deficit += texel.z + texel.w * (top - part.x * deficitScale);
      count += texel.w;
      shift = larger;
      at = advance(at, next, width);
    }
    if (magnitude > INFINITY_BITS) sumExp = NAN;

    
    float label = roundLabel(getChannel(getLabels(row), row));
    bool isClass = label >= 0. && label < float(numClasses);
    int column = isClass ? int(label) : 0;
    ivec2 featuresSize = texelsOf(featuresTexShape);
    int number = rowPair * ((numClasses + 1) / 2) + column / 2;
    vec4 x = texture(features, texelAt(number, featuresSize) / vec2(featuresSize));
    float labelLogit = getChannel(x, vec2(row, column));

    float halfDistance = 0.;
    if (labelWeight > 0.) halfDistance += labelWeight * (0.5 * shift - 0.5 * labelLogit);
    if (deficitWeight > 0.) halfDistance += deficitWeight * deficit;
    float loss = log(sumExp) + 2. * halfDistance;
    if (zLoss > 0.) {
      float logSumExp = shift + log(sumExp);
      loss += zLoss * logSumExp * logSumExp;
    }
    setOutput(label == ignoreClass ? 0. : isClass && isSum(sumExp) ? loss : NAN);

  }

// FewClassesLossProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int y = number / size.x;
    return vec2(number - y * size.x, y) + 0.5;
  }

  // How far apart two texels are whose numbers differ by so much, but for the end of a line.
  vec2 strideOf(int step, ivec2 size) {
    return vec2(step % size.x, step / size.x);
  }

  // The middle of the texel a stride further on.
  vec2 advance(vec2 at, vec2 stride, float width) {
    vec2 next = at + stride;
    return next + step(width, next.x) * vec2(-width, 1.);
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uint magnitudeBits(float x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  uvec2 magnitudeBits(vec2 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  // NaN for a row that holds a NaN, which is above Infinity by its bits, or Infinity.
  float sumOrNaN(float sumExp, uint magnitude, float largest) {
    bool isNaN = magnitude > INFINITY_BITS || floatBitsToUint(largest) == INFINITY_BITS;
    return isNaN ? NAN : sumExp;
  }

  vec2 sumOrNaN(vec2 sumExp, uvec2 magnitude, vec2 largest) {
    return vec2(sumOrNaN(sumExp.x, magnitude.x, largest.x), sumOrNaN(sumExp.y, magnitude.y, largest.y));
  }

  
  float roundLabel(float label) {
    float whole = floor(label);
    return whole + step(0.5, label - whole);
  }

  void main() {
    int row = getOutputCoords();
    int rowPair = row / 2;
    bool isUpper = row == 2 * rowPair;
    const int window = 0;
    const int windows = 1;
    
    int texelsPerRow = (numClasses + 1) / 2;
    int wholeTexels = numClasses / 2;
    ivec2 size = texelsOf(featuresTexShape);
    vec2 at = texelAt(rowPair * texelsPerRow + window, size);
    vec2 stride = strideOf(windows, size);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    float largest = float(LOWEST);
    float sumExp = float(0.);
    uint magnitude = uint(0u);
    int texel = window;
    for (; texel + windows < wholeTexels; texel += 2 * windows) {
      vec4 x = texture(features, at * toUV);
      float a = (isUpper ? x.x : x.z);
      float b = (isUpper ? x.y : x.w);
      at = advance(at, stride, width);
      x = texture(features, at * toUV);
      float c = (isUpper ? x.x : x.z);
      float d = (isUpper ? x.y : x.w);
      at = advance(at, stride, width);
      magnitude = max(max(max(max(magnitude, magnitudeBits(a)), magnitudeBits(b)), magnitudeBits(c)), magnitudeBits(d));
      float larger = max(max(max(max(largest, a), b), c), d);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger) + exp(b - larger) + exp(c - larger) + exp(d - larger);
      largest = larger;
    }
    if (texel < wholeTexels) {
      vec4 x = texture(features, at * toUV);
      float a = (isUpper ? x.x : x.z);
      float b = (isUpper ? x.y : x.w);
      at = advance(at, stride, width);
      texel += windows;
      magnitude = max(max(magnitude, magnitudeBits(a)), magnitudeBits(b));
      float larger = max(max(largest, a), b);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger) + exp(b - larger);
      largest = larger;
    }
    if (texel < texelsPerRow) {
      // The last texel of an odd number of classes: its right half is padding, of any value.
      vec4 x = texture(features, at * toUV);
      float a = (isUpper ? x.x : x.z);
      magnitude = max(magnitude, magnitudeBits(a));
      float larger = max(largest, a);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger);
      largest = larger;
    }
    float shift = largest;
    sumExp = sumOrNaN(sumExp, magnitude, largest);

    
    float label = roundLabel(getChannel(getLabels(row), row));
    bool isClass = label >= 0. && label < float(numClasses);
    int column = isClass ? int(label) : 0;
    ivec2 featuresSize = texelsOf(featuresTexShape);
    int number = rowPair * ((numClasses + 1) / 2) + column / 2;
    vec4 x = texture(features, texelAt(number, featuresSize) / vec2(featuresSize));
    float labelLogit = getChannel(x, vec2(row, column));

    float halfDistance = 0.;
    if (labelWeight > 0.) halfDistance += labelWeight * (0.5 * shift - 0.5 * labelLogit);
    
    float loss = log(sumExp) + 2. * halfDistance;
    if (zLoss > 0.) {
      float logSumExp = shift + log(sumExp);
      loss += zLoss * logSumExp * logSumExp;
    }
    setOutput(label == ignoreClass ? 0. : isClass && isSum(sumExp) ? loss : NAN);

  }

// FewClassesLossProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int y = number / size.x;
    return vec2(number - y * size.x, y) + 0.5;
  }

  // How far apart two texels are whose numbers differ by so much, but for the end of a line.
  vec2 strideOf(int step, ivec2 size) {
    return vec2(step % size.x, step / size.x);
  }

  // The middle of the texel a stride further on.
  vec2 advance(vec2 at, vec2 stride, float width) {
    vec2 next = at + stride;
    return next + step(width, next.x) * vec2(-width, 1.);
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uint magnitudeBits(float x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  uvec2 magnitudeBits(vec2 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  // NaN for a row that holds a NaN, which is above Infinity by its bits, or Infinity.
  float sumOrNaN(float sumExp, uint magnitude, float largest) {
    bool isNaN = magnitude > INFINITY_BITS || floatBitsToUint(largest) == INFINITY_BITS;
    return isNaN ? NAN : sumExp;
  }

  vec2 sumOrNaN(vec2 sumExp, uvec2 magnitude, vec2 largest) {
    return vec2(sumOrNaN(sumExp.x, magnitude.x, largest.x), sumOrNaN(sumExp.y, magnitude.y, largest.y));
  }

  
  float roundLabel(float label) {
    float whole = floor(label);
    return whole + step(0.5, label - whole);
  }

  void main() {
    int row = getOutputCoords();
    int rowPair = row / 2;
    bool isUpper = row == 2 * rowPair;
    const int window = 0;
    const int windows = 1;
    
    int texelsPerRow = (numClasses + 1) / 2;
    int wholeTexels = numClasses / 2;
    ivec2 size = texelsOf(featuresTexShape);
    vec2 at = texelAt(rowPair * texelsPerRow + window, size);
    vec2 stride = strideOf(windows, size);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);

    float largest = float(LOWEST);
    float sumExp = float(0.);
    uint magnitude = uint(0u);
    float deficit = float(0.);
    float top = largest * deficitScale;
    float count = 0.;
    int texel = window;
    for (; texel + windows < wholeTexels; texel += 2 * windows) {
      vec4 x = texture(features, at * toUV);
      float a = (isUpper ? x.x : x.z);
      float b = (isUpper ? x.y : x.w);
      at = advance(at, stride, width);
      x = texture(features, at * toUV);
      float c = (isUpper ? x.x : x.z);
      float d = (isUpper ? x.y : x.w);
      at = advance(at, stride, width);
      magnitude = max(max(max(max(magnitude, magnitudeBits(a)), magnitudeBits(b)), magnitudeBits(c)), magnitudeBits(d));
      float larger = max(max(max(max(largest, a), b), c), d);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger) + exp(b - larger) + exp(c - larger) + exp(d - larger);
      float newTop = larger * deficitScale;
      deficit += count * (newTop - top) + ((newTop - a * deficitScale) + (newTop - b * deficitScale) + (newTop - c * deficitScale) + (newTop - d * deficitScale));
      top = newTop;
      count += 4.;
      largest = larger;
    }
    if (texel < wholeTexels) {
      vec4 x = texture(features, at * toUV);
      float a = (isUpper ? x.x : x.z);
      float b = (isUpper ? x.y : x.w);
      at = advance(at, stride, width);
      texel += windows;
      magnitude = max(max(magnitude, magnitudeBits(a)), magnitudeBits(b));
      float larger = max(max(largest, a), b);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger) + exp(b - larger);
      float newTop = larger * deficitScale;
      deficit += count * (newTop - top) + ((newTop - a * deficitScale) + (newTop - b * deficitScale));
      top = newTop;
      count += 2.;
      largest = larger;
    }
    if (texel < texelsPerRow) {
      // The last texel of an odd number of classes: its right half is padding, of any value.
      vec4 x = texture(features, at * toUV);
      float a = (isUpper ? x.x : x.z);
      magnitude = max(magnitude, magnitudeBits(a));
      float larger = max(largest, a);
      sumExp = sumExp * exp(largest - larger) + exp(a - larger);
      float newTop = larger * deficitScale;
      deficit += count * (newTop - top) + ((newTop - a * deficitScale));
      top = newTop;
      count += 1.;
      largest = larger;
    }
    float shift = largest;
    sumExp = sumOrNaN(sumExp, magnitude, largest);

    
    float label = roundLabel(getChannel(getLabels(row), row));
    bool isClass = label >= 0. && label < float(numClasses);
    int column = isClass ? int(label) : 0;
    ivec2 featuresSize = texelsOf(featuresTexShape);
    int number = rowPair * ((numClasses + 1) / 2) + column / 2;
    vec4 x = texture(features, texelAt(number, featuresSize) / vec2(featuresSize));
    float labelLogit = getChannel(x, vec2(row, column));

    float halfDistance = 0.;
    if (labelWeight > 0.) halfDistance += labelWeight * (0.5 * shift - 0.5 * labelLogit);
    if (deficitWeight > 0.) halfDistance += deficitWeight * deficit;
    float loss = log(sumExp) + 2. * halfDistance;
    if (zLoss > 0.) {
      float logSumExp = shift + log(sumExp);
      loss += zLoss * logSumExp * logSumExp;
    }
    setOutput(label == ignoreClass ? 0. : isClass && isSum(sumExp) ? loss : NAN);

  }

// RowTermsProgram

  
  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int y = number / size.x;
    return vec2(number - y * size.x, y) + 0.5;
  }

  // How far apart two texels are whose numbers differ by so much, but for the end of a line.
  vec2 strideOf(int step, ivec2 size) {
    return vec2(step % size.x, step / size.x);
  }

  // The middle of the texel a stride further on.
  vec2 advance(vec2 at, vec2 stride, float width) {
    vec2 next = at + stride;
    return next + step(width, next.x) * vec2(-width, 1.);
  }

  const uint INFINITY_BITS = 0x7f800000u;
  const float LOWEST = -3.402823466e38;

  uint magnitudeBits(float x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  uvec2 magnitudeBits(vec2 x) {
    return floatBitsToUint(x) & 0x7fffffffu;
  }

  // Neither 0 nor NaN: a sum of exponentials that can be divided by.
  bool isSum(float sumExp) {
    return floatBitsToUint(sumExp) - 1u < INFINITY_BITS;
  }

  // NaN for a row that holds a NaN, which is above Infinity by its bits, or Infinity.
  float sumOrNaN(float sumExp, uint magnitude, float largest) {
    bool isNaN = magnitude > INFINITY_BITS || floatBitsToUint(largest) == INFINITY_BITS;
    return isNaN ? NAN : sumExp;
  }

  vec2 sumOrNaN(vec2 sumExp, uvec2 magnitude, vec2 largest) {
    return vec2(sumOrNaN(sumExp.x, magnitude.x, largest.x), sumOrNaN(sumExp.y, magnitude.y, largest.y));
  }

  
  float roundLabel(float label) {
    float whole = floor(label);
    return whole + step(0.5, label - whole);
  }

  void main() {
    ivec2 place = getOutputCoords();
    int row = place.x + place.y / 2;
    float label = row < batch ? roundLabel(getChannel(getLabels(row), row)) : ignoreClass;
    if (label == ignoreClass) {
      setOutput(vec4(0.));
      return;
    }
    
    ivec2 size = texelsOf(statisticsTexShape);
    vec2 at = texelAt((row / rowsPerTexel) * windows, size);
    vec2 next = vec2(1., 0.);
    vec2 toUV = 1. / vec2(size);
    float width = float(size.x);
    bool isSecond = row % rowsPerTexel == 1;

    float shift = LOWEST;
    float sumExp = 0.;
    uint magnitude = 0u;
    for (int window = 0; window < windows; window++) {
      vec4 texel = texture(statistics, at * toUV);
      vec2 part = isSecond ? texel.zw : texel.xy;
      magnitude = max(magnitude, magnitudeBits(part.y));
      float larger = max(shift, part.x);
      sumExp = sumExp * exp(shift - larger) + part.y * exp(part.x - larger);
      shift = larger;
      at = advance(at, next, width);
    }
    if (magnitude > INFINITY_BITS) sumExp = NAN;

    bool isClass = label >= 0. && label < float(numClasses);
    float numerator = zLoss > 0. ? 1. + 2. * zLoss * (shift + log(sumExp)) : 1.;
    float scale = isClass && isSum(sumExp) ? numerator / sumExp : NAN;
    setOutput(vec4(shift, scale, label, getChannel(getDy(row), row)));
  }

// GradProgram

  
  // Width and height of a texture in texels, from tf.js's (rows, columns) of the matrix. A shift,
  // since a division by 2 is not made one everywhere, and costs as much as reading a texel.
  ivec2 texelsOf(ivec2 texShape) {
    return (texShape.yx + 1) >> 1;
  }

  // The middle of a texel by its number, in texels.
  vec2 texelAt(int number, ivec2 size) {
    int y = number / size.x;
    return vec2(number - y * size.x, y) + 0.5;
  }

  // How far apart two texels are whose numbers differ by so much, but for the end of a line.
  vec2 strideOf(int step, ivec2 size) {
    return vec2(step % size.x, step / size.x);
  }

  // The middle of the texel a stride further on.
  vec2 advance(vec2 at, vec2 stride, float width) {
    vec2 next = at + stride;
    return next + step(width, next.x) * vec2(-width, 1.);
  }

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
