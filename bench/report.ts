/** docs/benchmarks.md: how it was measured, and a section per backend. */
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import os from 'node:os';

import * as tf from '@tensorflow/tfjs';
import {format, resolveConfig} from 'prettier';

import {contestants} from './contestants';

const PATH = 'docs/benchmarks.md';
const SECTION = '## Backend ';

/** Rewrites one section, of that name after `## Backend `, and leaves all others. */
export async function writeSection(
  name: string,
  place: string,
  parts: readonly string[],
): Promise<void> {
  const old = existsSync(PATH) ? readFileSync(PATH, 'utf8') : '';
  const sections = new Map(
    old
      .split(new RegExp(`^(?=${SECTION})`, 'm'))
      .filter((section) => section.startsWith(SECTION))
      .map((section) => [section.split('\n', 1)[0], section.trimEnd()]),
  );
  const title = SECTION + name;
  sections.set(title, [title, environment(place), ...parts].join('\n\n'));
  const text = [introduction(), ...sections.values()].join('\n\n');
  const options = {...(await resolveConfig(PATH)), parser: 'markdown'};
  writeFileSync(PATH, await format(text, options));
}

function environment(place: string): string {
  const cpus = os.cpus();
  return [
    `- ${new Date().toISOString().slice(0, 10)}`,
    `- ${place}, TensorFlow.js ${tf.version_core}`,
    `- ${cpus[0].model.trim()}, ${cpus.length} cores`,
    `- ${os.type()} ${os.release().split('-')[0]}, ${os.arch()}`,
  ].join('\n');
}

function introduction(): string {
  return `# Benchmarks

Written by \`npm run bench -- --write\`; every figure is as printed by that run.

Everybody computes the mean loss of the same seeded logits, N(0, 3), and labels:

${contestants.map(({name, description}) => `- **${name}**: ${description}`).join('\n')}

Before the clock runs, each one's loss and gradient must agree with ours to 1e-3. With label smoothing
ours must agree with \`tf.losses.softmaxCrossEntropy\` of smoothed labels. (b) clips probabilities, so
it is held to a looser bound, and on webgl, where it clips them at 1e-4, to none. Who disagrees on a
shape, or fails, is not measured there: the reason stands below the table.

_Forward + gradient_ is \`tf.valueAndGrad\` with respect to the logits. All run in one process (on
webgl and webgpu, in one page), after a warm-up and a garbage collection, one sample each in turn, for
3 to 101 rounds depending on the cost. A sample repeats its call for about 100 ms and ends when the
last loss is read back. Ratios are of medians. Of the experts each table shows the fastest.

_Peak_ is the memory in use at the worst moment of one more, untimed call, above its inputs: the data
of all tensors and of the intermediate results inside kernels, each counted once; on webgl, that of
textures, and on webgpu, of buffers. MB are 10^6 bytes. On webgl the logits are a packed texture, as a
matrix product leaves them. For webgl and webgpu, _programs_ are those that a call runs, tf.js's own
for the mean among them, and _compiled for a new batch_ those that it compiles when two rows are added.`;
}
