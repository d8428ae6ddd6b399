/** npm run demo: serves the pages. With --build it writes them to demo/dist, for any web server. */
import {cp} from 'node:fs/promises';

import {program} from 'commander';
import {build, context} from 'esbuild';

import {bundle} from './bundle';
import {writeShareAddress} from './share_address';

program
  .option('--build', 'write the pages to demo/dist instead')
  .option('--url <address>', 'with --build: where the pages will be, for the image of shared links')
  .option('--host <name>', 'where to listen; 0.0.0.0 lets a phone in', '127.0.0.1')
  .option('--port <number>', 'the first free one from 8000 on, unless given', Number)
  .parse();
const options = program.opts<{build?: true; url?: string; host: string; port?: number}>();

// The pages link to the docs.
await cp('docs/api', `${bundle.outdir}/docs`, {recursive: true});
if (options.build) {
  await build(bundle);
  if (options.url !== undefined) await writeShareAddress(bundle.outdir!, options.url);
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
