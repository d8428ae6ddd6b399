/**
 * The entries of the package: `exports` of package.json is the one list. The bundler, the API docs
 * and the specs read it here; './layers' is built from src/layers.ts.
 */
import {readFileSync} from 'node:fs';

export const manifest = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

const paths = Object.keys(manifest.exports).filter((path) => path !== './package.json');

/** What users import, as 'name/layers', and its source. */
export const entries: ReadonlyArray<{specifier: string; source: string}> = paths.map((path) => ({
  specifier: path.replace('.', manifest.name),
  source: path === '.' ? 'src/index.ts' : path.replace(/^\.(.*)$/, 'src$1.ts'),
}));
