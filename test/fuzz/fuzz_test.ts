/** A short run of npm run fuzz. */
import {describeEachBackend} from '../helpers/backends';
import {runCases} from './run_cases';

/** About two seconds in Node, and a few more where a GPU compiles programs first. */
const CASES = {cpu: 300, other: 90};

describeEachBackend('the fuzz', (backendName) => {
  it('finds no call whose result differs from float64', async () => {
    const end = backendName === 'cpu' ? CASES.cpu : CASES.other;
    const {failures} = await runCases({seed: 1, begin: 0, end});
    expect(failures).toEqual([]);
  });

  it('makes the same case again from a seed and an index', async () => {
    const errorsOf = async (begin: number) => (await runCases({seed: 5, begin, end: 9})).errors;
    expect(await errorsOf(8)).toEqual(await errorsOf(8));
  });
});
