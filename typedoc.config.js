import {entries, manifest} from './scripts/entries.ts';
import {load} from './scripts/typedoc_overloads.ts';

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  entryPoints: entries.map(({source}) => source),
  projectDocuments: ['docs/*.md', 'examples/**/README.md', 'CONTRIBUTING.md'],
  plugin: [load],
  out: 'docs/api',
  name: manifest.name,
  highlightLanguages: ['html', 'js', 'py', 'sh', 'ts'],
  headings: {readme: false}, // It has a heading.
  disableSources: true, // They would point to a git host.
  treatWarningsAsErrors: true,
  validation: {notExported: true, invalidLink: true, notDocumented: true},
};
