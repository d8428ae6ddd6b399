/**
 * The entries of the package: `exports` of package.json is the one list. The bundler, the API docs
 * and the specs read it here; './layers' is built from src/layers/index.ts or else src/layers.ts.
 */
import {existsSync, readFileSync} from 'node:fs';

export const manifest = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

const paths = Object.keys(manifest.exports).filter((path) => path !== './package.json');

/** Each entry's import path, as 'name/layers', its name in dist, and its source. */
export const entries: ReadonlyArray<{specifier: string; name: string; source: string}> = paths.map(
  (path) => ({
    specifier: path.replace('.', manifest.name),
    name: path === '.' ? 'index' : path.replace('./', ''),
    source: sourceOf(path.replace('.', 'src')),
  }),
);

function sourceOf(path: string): string {
  const index = `${path}/index.ts`;
  return existsSync(new URL(`../${index}`, import.meta.url)) ? index : `${path}.ts`;
}
