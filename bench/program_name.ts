/** Of a GPU's program: that of its class. Bundlers number classes of one name. */
export function programName(program: object): string {
  return program.constructor.name.replace(/\d+$/, '');
}
