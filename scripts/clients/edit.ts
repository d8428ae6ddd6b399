/** The edits of a client's code, applied as it loads: the package on disk stays as published. */
import type {Edit} from './client';

/** @throws Error if the code has not exactly one place for an edit: then it is another version. */
export function applyEdits(code: string, edits: readonly Edit[]): string {
  return edits.reduce((edited, {file, find, replace}) => {
    const parts = edited.split(find);
    if (parts.length < 2) throw new Error(`${file} has no '${find}'.`);
    return parts.join(replace);
  }, code);
}

/** The number of lines in the edited code that the original does not have. */
export function changedLines(code: string, edits: readonly Edit[]): number {
  const left = new Map<string, number>();
  for (const line of code.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  return applyEdits(code, edits)
    .split('\n')
    .filter((line) => {
      const count = left.get(line) ?? 0;
      left.set(line, count - 1);
      return count <= 0;
    }).length;
}
