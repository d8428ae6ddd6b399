/** npm run bench: our op against what tf.js users run today. */
import {Command, Option} from 'commander';

import type {LayerCase} from './linear/layer';
import {benchLinear} from './linear/table';
import {modes} from './modes';
import {defaultLayer, defaultShapes, parseLayer, parseShapes} from './parse_shapes';
import {backendNames, openPlace, type Place} from './place';
import {ProgressBar} from './progress';
import {writeSection} from './report';
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
  .addOption(
    new Option('--linear [layer]', 'instead, a last layer of <batch>x<units>x<classes>')
      .argParser(parseLayer)
      .preset(defaultLayer)
      .conflicts('shapes'),
  )
  .option('--write', "rewrite this backend's section of docs/benchmarks.md", false)
  .parse();
const {backend, shapes, linear, write} = command.opts<{
  backend: string;
  shapes: Shape[];
  linear?: LayerCase;
  write: boolean;
}>();

const place = await openPlace(backend);
const parts = linear ? await benchLinear(place, linear) : await benchShapes(place);
await place.close();
if (write) {
  const section = linear ? `${backend}, last layer` : backend;
  await writeSection(section, place.description, parts);
}

/** The parts of the backend's section, printed as they come. */
async function benchShapes(place: Place): Promise<string[]> {
  const results = new Map<string, ShapeResult[]>([...modes.keys()].map((mode) => [mode, []]));
  for (const shape of shapes) {
    const bar = new ProgressBar(`${shape.batch}x${shape.classes}`);
    const ofShape = await place.run(shape, bar);
    bar.stop();
    for (const [title, ofMode] of results) {
      ofMode.push({shape, ...ofShape[title]});
      console.log(`${title}, ${backend}\n${table(ofMode.slice(-1))}\n`);
    }
  }
  return [...results].flatMap(([mode, ofMode]) => [`### ${mode}`, table(ofMode)]);
}
