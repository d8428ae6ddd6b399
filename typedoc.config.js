import {entries, manifest} from './scripts/entries.ts';

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  entryPoints: entries.map(({source}) => source),
  out: 'docs/api',
  name: manifest.name,
  treatWarningsAsErrors: true,
  validation: {notExported: true, invalidLink: true, notDocumented: true},
};
