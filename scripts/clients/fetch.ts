/** Published clients, unpacked in .cache/clients; never part of npm install. */
import {execFileSync} from 'node:child_process';
import {existsSync, mkdirSync, readdirSync, rmSync} from 'node:fs';
import path from 'node:path';

import type {Client} from './client';

export const folderOf = ({packageSpec}: Client) =>
  path.resolve('.cache', 'clients', packageSpec.replace(/[@/]+/g, '-').replace(/^-/, ''));

/** The package alone: tf.js, which all of them depend on, is that of this checkout. */
export function fetchClient(client: Client): void {
  const folder = folderOf(client);
  if (existsSync(path.join(folder, 'package', 'package.json'))) return;
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
  console.log(`Fetching ${client.packageSpec} ...`);
  execFileSync('npm', ['pack', '--silent', '--pack-destination', folder, client.packageSpec]);
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', path.join(folder, tarball), '-C', folder]);
}
