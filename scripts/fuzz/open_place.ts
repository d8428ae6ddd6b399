/** Opens where the cases of a backend run: this process, or a page. */
import {descriptionOf} from '../../test/backends';
import {type Cases, type FuzzResult, reduceCase, runCases} from '../../test/fuzz/run_cases';
import {startBackend} from '../../test/helpers/backends';
import {openBundle} from '../open_bundle';

export interface FuzzPlace {
  run(cases: Cases): Promise<FuzzResult>;
  reduce(seed: number, index: number): Promise<string>;
  close(): Promise<void>;
}

export async function openPlace(backendName: string): Promise<FuzzPlace> {
  const {place, chromiumFlags, flags} = descriptionOf(backendName);
  if (place === 'process') {
    await startBackend(backendName, flags);
    return {run: runCases, reduce: reduceCase, close: async () => {}};
  }
  const {page, load, close} = await openBundle('scripts/fuzz/page.ts', chromiumFlags);
  await load();
  await page.evaluate((name) => window.fuzzStart(name), backendName);
  return {
    run: (cases) => page.evaluate((cases) => window.fuzzRun(cases), cases),
    reduce: (...of) => page.evaluate((of) => window.fuzzReduce(...of), of),
    close,
  };
}
