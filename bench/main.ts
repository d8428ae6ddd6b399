/** npm run bench: our op against what tf.js users run today. */
import {Command, Option} from 'commander';

import {modes} from './modes';
import {defaultShapes, parseShapes} from './parse_shapes';
import {backendNames, openPlace} from './places';
import {ProgressBar} from './progress';
import {writeReport} from './report';
import type {Shape} from './shapes';
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

const place = await openPlace(backend);
const results = new Map<string, ShapeResult[]>([...modes.keys()].map((mode) => [mode, []]));

for (const shape of shapes) {
  const bar = new ProgressBar(`${shape.batch}x${shape.classes}`);
  const ofShape = await place.run(shape, bar);
  bar.stop();
  for (const [title, ofMode] of results) {
    ofMode.push({shape, measurements: ofShape[title]});
    console.log(`${title}, ${backend}\n${table(ofMode.slice(-1))}\n`);
  }
}
await place.close();
if (write) writeReport(backend, place.description, results);
