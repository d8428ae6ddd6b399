/** The README's figures are those of docs/benchmarks.md. */
import {readFileSync} from 'node:fs';

import {chart, themes} from '../../scripts/figures/chart';
import {figuresTable, lastLayerTable} from '../../scripts/figures/table';
import {readBetweenMarks} from '../../scripts/write_between_marks';

/** A Markdown table without the spaces that align it. */
const cellsOf = (table: string) =>
  table
    .trim()
    .replace(/ *\| */g, '|')
    .replace(/-+/g, '-');

describe('npm run figures', () => {
  it("writes the README's table", () => {
    expect(cellsOf(readBetweenMarks('README.md', 'figures'))).toBe(cellsOf(figuresTable()));
  });

  it('writes its table of last layers', () => {
    expect(cellsOf(readBetweenMarks('README.md', 'last layer'))).toBe(cellsOf(lastLayerTable()));
  });

  for (const [name, theme] of Object.entries(themes)) {
    it(`draws the ${name} picture`, () => {
      expect(readFileSync(`docs/figures/one_hot_${name}.svg`, 'utf8')).toBe(chart(theme));
    });
  }
});
