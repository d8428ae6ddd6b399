/**
 * npm run test:pages: the specs of the pages, again and again on a busy machine. A spec that looks
 * at a page too early may pass a hundred times on an idle one.
 */
import {spawnSync} from 'node:child_process';
import {Worker} from 'node:worker_threads';

import {program} from 'commander';

program
  .option('--repeat <times>', 'how often all of them run', Number, 1)
  .option('--busy <loops>', 'how many endless loops run beside them', Number, 0)
  .option('--filter <text>', 'only specs whose name matches', 'the page')
  .parse();
const {repeat, busy, filter} = program.opts<{repeat: number; busy: number; filter: string}>();

// Threads, so that they end with this process however it ends.
for (let i = 0; i < busy; i++) new Worker('for (;;);', {eval: true});

const jasmine = [
  '--import',
  'tsx',
  'node_modules/jasmine/bin/jasmine.js',
  '--config=test/jasmine.json',
];
let failedRuns = 0;
for (let run = 1; run <= repeat; run++) {
  const start = performance.now();
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    [...jasmine, `--filter=${filter}`, 'test/node/demo/*_test.ts'],
    {encoding: 'utf8', maxBuffer: Infinity},
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`Run ${run} of ${repeat}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s.`);
  if (status === 0) continue;
  failedRuns++;
  console.log(stdout + stderr);
}
console.log(`${failedRuns} of ${repeat} runs failed.`);
process.exit(failedRuns === 0 ? 0 : 1);
