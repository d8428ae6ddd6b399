/**
 * For what knows no backend, as losses/ does: all of the items on cpu, and on every other backend a
 * pairwise cover of them.
 */
export function itemsOn<T>(
  backendName: string,
  items: readonly T[],
  features: (item: T) => string[],
): readonly T[] {
  return backendName === 'cpu' ? items : pairwiseCover(items, features);
}

/**
 * A few of many items, such that any two values of different features that occur together in an
 * item still do: what is wrong with one feature, or with two together, shows.
 */
function pairwiseCover<T>(items: readonly T[], features: (item: T) => string[]): T[] {
  const pairsOf = items.map((item) => pairs(features(item)));
  const uncovered = new Set(pairsOf.flat());
  const gain = (index: number) => pairsOf[index].filter((pair) => uncovered.has(pair)).length;
  const chosen: T[] = [];
  while (uncovered.size > 0) {
    const gains = items.map((_, index) => gain(index));
    const best = gains.indexOf(Math.max(...gains));
    for (const pair of pairsOf[best]) uncovered.delete(pair);
    chosen.push(items[best]);
  }
  return chosen;
}

function pairs(values: readonly string[]): string[] {
  return values.flatMap((a, i) => values.slice(i + 1).map((b, j) => `${i}:${a} ${i + 1 + j}:${b}`));
}
