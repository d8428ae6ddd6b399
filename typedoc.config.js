import {entries, manifest} from './scripts/entries.ts';

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  entryPoints: entries.map(({source}) => source),
  out: 'docs/api',
  name: manifest.name,
  disableSources: true, // They would point to a git host.
  treatWarningsAsErrors: true,
  validation: {notExported: true, invalidLink: true, notDocumented: true},
};
