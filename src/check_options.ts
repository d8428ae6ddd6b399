import {describe} from './describe';
import {ValueError} from './errors';

/**
 * JavaScript lets a misspelled or a positional option pass without a word, and tf.losses takes
 * its reduction by position. `hint` says what may be meant where `options` are none.
 */
export function checkOptions(
  options: unknown,
  names: readonly string[],
  hint = `Each is given by its name, as {${names[names.length - 1]}: ...}.`,
): void {
  const listed = names.join(', ');
  if (!describe(options).startsWith('an object')) {
    throw new ValueError(
      `\`options\` must be an object of ${listed}, got ${describe(options)}. ${hint}`,
    );
  }
  const unknown = Object.keys(options as object).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new ValueError(`\`options\` has no \`${unknown}\`: it takes ${listed}.`);
  }
}
