/** Combines the windows of a row. */
export const combineWindowsWgsl = `
fn combineWindows(row : i32) -> Statistics {
  let windows = uniforms.windows;
  let plane = uniforms.batch * windows;
  var shift = LOWEST;
  var sumOfSmaller = -1.0;
  var magnitude = 0u;
  for (var window = 0; window < windows; window++) {
    let at = row * windows + window;
    let partShift = statistics[at];
    let partSum = statistics[plane + at];
    magnitude = max(magnitude, magnitudeBits(partSum));
    let larger = max(shift, partShift);
    sumOfSmaller = sumOfSmaller * exp(shift - larger) + partSum * exp(partShift - larger) +
        exp(min(shift, partShift) - larger);
    shift = larger;
  }
  return Statistics(shift, markNaN(sumOfSmaller, shift, magnitude));
}
`;

/**
 * combineGaps is the gapSum of a row. Each window's gapSum is moved to the row's shift first. They
 * are added in blocks, because the roundings of hundreds of equal terms, added one by one, add up.
 */
export const combineGapsWgsl = `
const BLOCK = 16;

fn combineGaps(row : i32, shift : f32) -> f32 {
  let windows = uniforms.windows;
  let plane = uniforms.batch * windows;
  let top = uniforms.gapScale * shift;
  var gapSum = 0.0;
  for (var begin = 0; begin < windows; begin += BLOCK) {
    var blockSum = 0.0;
    for (var window = begin; window < min(begin + BLOCK, windows); window++) {
      let at = row * windows + window;
      let count = (uniforms.numClasses - window + windows - 1) / windows;
      blockSum += statistics[2 * plane + at] + f32(count) * gapOf(top, statistics[at]);
    }
    gapSum += blockSum;
  }
  return gapSum;
}
`;
