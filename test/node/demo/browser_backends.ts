import {backendNames} from '../../../demo/backend_names';
import {supportedBackends} from '../../../src/index';

/** Those that a page may run on. */
export const browserBackends = backendNames.filter((name) => supportedBackends.includes(name));

/** Where a page does the same on every backend, this one shows it. */
export const FASTEST = 'wasm';
