/** npm run figures: the README's picture and table, from docs/benchmarks.md. */
import {writeFileSync} from 'node:fs';

import {writeBetweenMarks} from '../write_between_marks';
import {chart, themes} from './chart';
import {figuresTable} from './table';

for (const [name, theme] of Object.entries(themes)) {
  writeFileSync(`docs/figures/one_hot_${name}.svg`, chart(theme));
}
await writeBetweenMarks('README.md', 'figures', figuresTable());
