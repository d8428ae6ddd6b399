/**
 * State that all copies of this package in a process share. There are often several: Node loads
 * `import` and `require` as two, and a dependency may bring another version.
 */

/**
 * The value of that name: made by the first copy that asks, the same one for every other copy.
 * Copies may differ in version, so what a value looks like must not change under the same name.
 */
export function shared<T>(name: string, make: () => T): T {
  const registry = globalThis as {[key: symbol]: unknown};
  const key = Symbol.for(`tfjs-sparse-softmax-cross-entropy.${name}`);
  return (registry[key] ??= make()) as T;
}
