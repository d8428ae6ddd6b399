/** Seeded numbers, the same in every environment (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Normally distributed float32 numbers (Box and Muller). */
export function normals(size: number, scale: number, offset: number, seed: number): Float32Array {
  const random = generator(seed);
  return Float32Array.from({length: size}, () => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return offset + scale * radius * Math.cos(2 * Math.PI * random());
  });
}

/** Class ids in [0, numClasses). */
export function classIds(size: number, numClasses: number, seed: number): Int32Array {
  const random = generator(seed);
  return Int32Array.from({length: size}, () => Math.floor(random() * numClasses));
}
