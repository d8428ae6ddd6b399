/** A client's program in one file, with the client's code edited as it is read. */
import {readFileSync} from 'node:fs';
import path from 'node:path';

import {build, type Plugin} from 'esbuild';

import {manifest} from '../entries';
import type {Client, Edit, Variant} from './client';
import {applyEdits} from './edit';
import {folderOf} from './fetch';

/** The file that Node runs for a client and a variant. */
export async function bundle(client: Client, variant: Variant): Promise<string> {
  const name = `${path.basename(folderOf(client))}-${client.program}-${variant}.cjs`;
  const outfile = path.resolve('.cache', 'clients', name);
  const program = JSON.stringify(`./scripts/clients/programs/${client.program}`);
  await build({
    stdin: {
      contents: `import {program} from ${program}; import {work} from './scripts/clients/worker'; work(program);`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    alias: {
      client: path.join(folderOf(client), 'package'),
      // Its own backend is started before it.
      '@tensorflow/tfjs-node': '@tensorflow/tfjs',
    },
    external: ['@tensorflow/*', manifest.name],
    plugins: [editing(client, [...(client.repairs ?? []), ...editsOf(client, variant)])],
    tsconfigRaw: {}, // Not strict: gpt-tfjs assigns to a variable that it does not declare.
    logLevel: 'error',
  });
  return outfile;
}

const editsOf = (client: Client, variant: Variant) =>
  variant === 'theirs' ? [] : (client.edits[variant] ?? []);

const editing = (client: Client, edits: readonly Edit[]): Plugin => ({
  name: 'edits',
  setup({onLoad}) {
    for (const file of new Set(edits.map(({file}) => file))) {
      const place = path.join(folderOf(client), 'package', file);
      const filter = new RegExp(`${place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
      onLoad({filter}, () => ({
        contents: applyEdits(
          readFileSync(place, 'utf8'),
          edits.filter((edit) => edit.file === file),
        ),
        loader: 'js',
      }));
    }
  },
});
