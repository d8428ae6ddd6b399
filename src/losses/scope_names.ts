import {ValueError} from '../errors';

const ROOT_SCOPE_NAME = /^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$/;
const SCOPE_NAME = /^[A-Za-z0-9_.\\/>-]*$/;

/** @throws ValueError for a name that TensorFlow refuses, at the root or inside a scope. */
export function checkScopeName(name: string, atRoot: boolean): void {
  const pattern = atRoot ? ROOT_SCOPE_NAME : SCOPE_NAME;
  if (name !== '' && !pattern.test(name)) {
    throw new ValueError(
      `'${name}' is not a valid ${atRoot ? 'root ' : ''}scope name. ` +
        `A ${atRoot ? 'root ' : ''}scope name has to match the following pattern: ` +
        pattern.source,
    );
  }
}
