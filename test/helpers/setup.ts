/** Loaded before every spec, in Node and in the browser. */
import * as tf from '@tensorflow/tfjs';

import {matchers} from './matchers';

tf.env().set('IS_TEST', true);
jasmine.DEFAULT_TIMEOUT_INTERVAL = 120_000;

beforeAll(() => {
  jasmine.addAsyncMatchers(matchers);
});

if (typeof window !== 'undefined') {
  // tf.layers keeps the epsilon of the first backend that it runs on: webgl's, as in a page.
  beforeAll(async () => {
    await tf.setBackend('webgl');
    tf.tidy(() => void tf.metrics.categoricalCrossentropy(tf.ones([1, 2]), tf.ones([1, 2])));
  });
}
