/**
 * For what knows no backend, as losses/ does: all of the items on cpu, and on every other backend
 * one, the `turn`th in a circle.
 */
export function inTurn<T>(backendName: string, items: readonly T[], turn: number): readonly T[] {
  return backendName === 'cpu' ? items : [items[turn % items.length]];
}
