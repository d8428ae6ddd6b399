import * as tf from '@tensorflow/tfjs';

import {descriptionOf} from '../test/backends';

/** As in production, and without the advice to install tfjs-node. */
export async function startBackend(backendName: string): Promise<void> {
  await descriptionOf(backendName).load?.();
  tf.enableProdMode();
  if (!(await tf.setBackend(backendName))) {
    throw new Error(`The backend '${backendName}' does not start here.`);
  }
}
