/** npm run bench: our op against what tf.js users run today. */
import * as tf from '@tensorflow/tfjs';
import {Command, Option} from 'commander';

import {backendNames, startBackend} from './backends';
import {measure} from './measure';
import {modes} from './modes';
import {ProgressBar} from './progress';
import {writeReport} from './report';
import {defaultShapes, makeInputs, parseShapes, type Shape} from './shapes';
import {type ShapeResult, table} from './tables';

const command = new Command('bench')
  .description('Times the op and its rivals, forward and with the gradient.')
  .addOption(new Option('--backend <name>').choices(backendNames).default('cpu'))
  .addOption(
    new Option('--shapes <list>', 'comma-separated <batch>x<classes>')
      .argParser(parseShapes)
      .default(parseShapes(defaultShapes), defaultShapes),
  )
  .option('--write', "rewrite this backend's section of docs/benchmarks.md", false)
  .parse();
const {backend, shapes, write} = command.opts<{backend: string; shapes: Shape[]; write: boolean}>();

await startBackend(backend);
const results = new Map<string, ShapeResult[]>([...modes.keys()].map((mode) => [mode, []]));

for (const shape of shapes) {
  const inputs = makeInputs(shape);
  const bar = new ProgressBar(`${shape.batch}x${shape.classes}`);
  for (const [title, mode] of modes) {
    results.get(title)!.push({shape, measurements: measure(mode, inputs, bar)});
  }
  bar.stop();
  tf.dispose([inputs.labels, inputs.logits]);
  for (const [title, ofMode] of results) {
    console.log(`${title}, ${backend}\n${table(ofMode.slice(-1))}\n`);
  }
}
if (write) writeReport(backend, results);
