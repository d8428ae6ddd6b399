/** npm run fuzz: random calls against float64, on one backend. */
import {Command, InvalidArgumentError, Option} from 'commander';

import {descriptions} from '../../test/backends';
import {mergeErrors} from '../../test/fuzz/compare';
import type {FuzzResult} from '../../test/fuzz/run_cases';
import {openPlace} from './open_place';
import {writeRow} from './write_row';

/** So many cases run between two signs of life. */
const AT_ONCE = 500;

function count(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`'${text}' is no count such as 1000.`);
  return Number(text);
}

const command = new Command('fuzz')
  .description('Compares random calls, forward and with gradients, with their float64 values.')
  .addOption(new Option('--backend <name>').choices([...descriptions.keys()]).default('cpu'))
  .option('--cases <n>', 'how many', count, 1000)
  .option('--seed <s>', 'another seed draws other cases', count, 1)
  .option('--only <index>', 'one case that fails, reduced to a small one', count)
  .option('--write', "rewrite this backend's row of docs/numerics.md", false)
  .parse();
const {backend, cases, seed, only, write} = command.opts<{
  backend: string;
  cases: number;
  seed: number;
  only?: number;
  write: boolean;
}>();

const place = await openPlace(backend);
if (only !== undefined) {
  console.log(await place.reduce(seed, only));
  await place.close();
  process.exit();
}

const total: FuzzResult = {failures: [], errors: {}};
for (let begin = 0; begin < cases; begin += AT_ONCE) {
  const end = Math.min(cases, begin + AT_ONCE);
  const {failures, errors} = await place.run({seed, begin, end});
  for (const {index, property, report} of failures) {
    console.error(`Case ${index}, ${property}: ${report}`);
    console.error(`Alone: npm run fuzz -- --backend ${backend} --seed ${seed} --only ${index}\n`);
  }
  total.failures.push(...failures);
  mergeErrors(total.errors, errors);
  if (cases > AT_ONCE) console.error(`${end} of ${cases}`);
}
await place.close();

const run = {backend, cases, seed, ...total};
console.log(`${cases} cases, seed ${seed}, ${backend}: ${total.failures.length} failed`);
for (const [what, error] of Object.entries(total.errors)) {
  console.log(`  ${what}: off by ${error.toExponential(1)} at most`);
}
if (write) await writeRow(run);
process.exit(total.failures.length > 0 ? 1 : 0);
