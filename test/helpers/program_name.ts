/** The name of a GPU program: that of its class, without the number that a bundler may add. */
export function programName(program: object): string {
  return program.constructor.name.replace(/\d+$/, '');
}
