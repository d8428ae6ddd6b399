/** npm run figures: the README's picture and tables, from docs/benchmarks.md. */
import {writeFileSync} from 'node:fs';

import {writeBetweenMarks} from '../write_between_marks';
import {chart, themes} from './chart';
import {figuresTable, lastLayerTable} from './table';

for (const [name, theme] of Object.entries(themes)) {
  writeFileSync(`docs/figures/one_hot_${name}.svg`, chart(theme));
}
await writeBetweenMarks('README.md', 'figures', figuresTable());
await writeBetweenMarks('README.md', 'last layer', lastLayerTable());
