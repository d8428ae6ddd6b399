/** npm run demo: serves the pages. With --build it writes them to demo/dist, for any web server. */
import {program} from 'commander';
import {build, context} from 'esbuild';

import {bundle} from './bundle';

program
  .option('--build', 'write the pages to demo/dist instead')
  .option('--host <name>', 'where to listen; 0.0.0.0 lets a phone in', '127.0.0.1')
  .option('--port <number>', 'the first free one from 8000 on, unless given', Number)
  .parse();
const options = program.opts<{build?: true; host: string; port?: number}>();

if (options.build) {
  await build(bundle);
  console.log(`Written to ${bundle.outdir}.`);
} else {
  const pages = await context(bundle);
  const {port} = await pages.serve({
    host: options.host,
    port: options.port,
    servedir: bundle.outdir,
  });
  console.log(`Open http://${options.host}:${port}`);
}
