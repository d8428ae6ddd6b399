/** The names of a graph: unique, and nested in scopes. Names that differ by case alone clash. */
import {ValueError} from '../../errors';

const ROOT_SCOPE_NAME = /^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$/;
const SCOPE_NAME = /^[A-Za-z0-9_.\\/>-]*$/;

export class ScopeNames {
  /** Lower-cased names, and how often each was asked for. */
  private readonly inUse = new Map<string, number>();
  /** The current scope, without a '/' at its end; '' is the root. */
  private scope = '';

  /** `name` in the current scope, with `_1`, `_2` ... if it is taken. Takes it. */
  unique(name: string): string {
    const full = this.scope ? `${this.scope}/${name}` : name;
    const base = full.toLowerCase();
    let count = this.inUse.get(base) ?? 0;
    this.inUse.set(base, count + 1);
    if (count === 0) return full;
    while (this.inUse.has(`${base}_${count}`)) count++;
    this.inUse.set(`${base}_${count}`, 1);
    return `${full}_${count}`;
  }

  /**
   * Runs `fn` inside the scope `name`, made unique; a trailing '/' enters that very scope, and ''
   * the root. `fn` gets the scope as a string that ends in '/', or '' for the root.
   */
  inScope<T>(name: string, fn: (scope: string) => T): T {
    this.check(name);
    const outer = this.scope;
    this.scope = name === '' || name.endsWith('/') ? name.slice(0, -1) : this.unique(name);
    try {
      return fn(name === '' ? '' : `${this.scope}/`);
    } finally {
      this.scope = outer;
    }
  }

  /** @throws ValueError for a name that TensorFlow refuses, at the root or inside a scope. */
  check(name: string): void {
    const [place, pattern] = this.scope === '' ? ['root ', ROOT_SCOPE_NAME] : ['', SCOPE_NAME];
    if (name !== '' && !pattern.test(name)) {
      throw new ValueError(
        `'${name}' is not a valid ${place}scope name. ` +
          `A ${place}scope name has to match the following pattern: ${pattern.source}`,
      );
    }
  }
}
