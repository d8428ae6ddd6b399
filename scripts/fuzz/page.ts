/** The page in which the cases of a GPU's backend run; open_place.ts opens it. */
import {descriptionOf} from '../../test/backends';
import {type Cases, type FuzzResult, reduceCase, runCases} from '../../test/fuzz/run_cases';
import {startBackend} from '../../test/helpers/backends';

declare global {
  interface Window {
    fuzzStart(backendName: string): Promise<void>;
    fuzzRun(cases: Cases): Promise<FuzzResult>;
    fuzzReduce(seed: number, index: number): Promise<string>;
  }
}

window.fuzzStart = (backendName) => startBackend(backendName, descriptionOf(backendName).flags);
window.fuzzRun = runCases;
window.fuzzReduce = reduceCase;
