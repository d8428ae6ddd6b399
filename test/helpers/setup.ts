/** Loaded before every spec, in Node and in the browser. */
import * as tf from '@tensorflow/tfjs';

import {matchers} from './matchers';

tf.env().set('IS_TEST', true); // The engine checks every kernel for leaks.
jasmine.DEFAULT_TIMEOUT_INTERVAL = 120_000;

beforeAll(() => {
  jasmine.addMatchers(matchers);
});
