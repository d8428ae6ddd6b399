import * as tf from '@tensorflow/tfjs';

import {InvalidArgumentError} from '../../src/index';
import {descriptionOf} from '../backends';

/** Whether a backend, by default the current one, looks at labels before it computes. A GPU gives NaN instead. */
export function refusesBadLabels(backendName = tf.getBackend()): boolean {
  return descriptionOf(backendName).badLabel === 'throws';
}

/** For a call with a label outside [0, classes): an error, or a loss that is NaN. */
export async function expectBadLabel(call: () => tf.Tensor, message: RegExp): Promise<void> {
  if (refusesBadLabels()) {
    expect(call).toThrowError(InvalidArgumentError, message);
  } else {
    expect(Array.from(await call().data())).toContain(NaN);
  }
}
