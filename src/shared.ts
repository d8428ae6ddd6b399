/**
 * State that all copies of this package in a process share. There are often several: Node loads
 * `import` and `require` as two, and a dependency may bring another version.
 */

/**
 * The value of that name. The first copy that asks makes it, and every other copy gets the same
 * one. Copies may differ in version, so a value of the same name must never change its form.
 */
export function shared<T>(name: string, make: () => T): T {
  const registry = globalThis as {[key: symbol]: unknown};
  const key = Symbol.for(`tfjs-sparse-softmax-cross-entropy.${name}`);
  return (registry[key] ??= make()) as T;
}
