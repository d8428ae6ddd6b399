/** docs/platforms.md has the table of what `npm run platforms` recorded last, of the whole list. */
import {readFileSync} from 'node:fs';

import {format, resolveConfig} from 'prettier';

import {failureOf} from '../../scripts/platforms/failure_of';
import {platforms} from '../../scripts/platforms/platforms';
import type {Answer} from '../../scripts/platforms/program/check';
import {platformsTable, RECORD} from '../../scripts/platforms/table';
import {readBetweenMarks} from '../../scripts/write_between_marks';

describe('docs/platforms.md', () => {
  const run = JSON.parse(readFileSync(RECORD, 'utf8'));

  it('has the table of the recorded run; npm run platforms writes both', async () => {
    const page = readBetweenMarks('docs/platforms.md', 'platforms');
    const options = {...(await resolveConfig('docs/platforms.md')), parser: 'markdown'};
    expect(page.trim()).toBe((await format(platformsTable(run), options)).trim());
  });

  it('has every platform of the list', () => {
    const nameOf = ({name}: {name: string}) => name;
    expect(run.platforms.map(nameOf)).toEqual(platforms.map(nameOf));
  });
});

describe('an answer of a platform', () => {
  const works = {accuracy: 1, error: 6e-7};
  const rest = {tfVersion: '4.22.0', cores: 1, simdCalls: 86};

  it('is no failure where all is as it should be', () => {
    expect(failureOf({...rest, backends: {cpu: works, wasm: works}})).toBeUndefined();
    expect(failureOf({...rest, backends: {cpu: works}, simdCalls: 0})).toBeUndefined();
    expect(failureOf({})).toBeUndefined();
  });

  const failures: Array<[string, Partial<Answer>, RegExp]> = [
    ['a model that does not learn', {backends: {cpu: {accuracy: 0.5, error: 0}}}, /cpu trains/],
    [
      'a loss that is not that of float64',
      {backends: {cpu: {accuracy: 1, error: 1e-3}}},
      /float64/,
    ],
    ['a loss of NaN', JSON.parse(JSON.stringify({backends: {cpu: {accuracy: 1, error: NaN}}})), /float64/], // prettier-ignore
    ['two copies of tfjs-core', {backends: {cpu: works}, cores: 2}, /2 copies/],
    ['wasm without SIMD', {backends: {wasm: works}, simdCalls: 0}, /SIMD/],
  ];
  for (const [name, answer, message] of failures) {
    it(`is a failure with ${name}`, () => {
      expect(failureOf({...rest, ...answer})).toMatch(message);
    });
  }
});
