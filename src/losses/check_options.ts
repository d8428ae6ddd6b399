import {ValueError} from '../errors';

const OPTIONS = ['scope', 'lossCollection', 'reduction'];

/**
 * JavaScript lets a misspelled or a positional option pass without a word, and tf.losses takes
 * its reduction by position.
 */
export function checkOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) {
    throw new ValueError(
      `\`options\` must be an object of ${OPTIONS.join(', ')}, got ${String(options)}. ` +
        'A reduction is given as {reduction: ...}.',
    );
  }
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) {
    throw new ValueError(`\`options\` has no \`${unknown}\`: it takes ${OPTIONS.join(', ')}.`);
  }
}
