import {ValueError} from '../errors';

/**
 * JavaScript lets a misspelled or a positional option pass without a word, and tf.losses takes
 * its reduction by position.
 */
export function checkOptions(options: unknown, names: readonly string[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new ValueError(
      `\`options\` must be an object of ${names.join(', ')}, got ${String(options)}. ` +
        'A reduction is given as {reduction: ...}.',
    );
  }
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ValueError(`\`options\` has no \`${unknown}\`: it takes ${names.join(', ')}.`);
  }
}
