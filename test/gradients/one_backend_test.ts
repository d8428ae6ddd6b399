/** Loss and gradient run on one backend, which alone reads its statistics. */
import * as tf from '@tensorflow/tfjs';

import {runGrad, runLoss} from '../../src/run_kernels';
import {describeEachBackend} from '../helpers/backends';

describeEachBackend('a gradient', (backendName) => {
  it('is refused on another backend than that of its loss, and on no other', async () => {
    for (const [there, back] of [
      [backendName, backendName],
      [backendName, 'cpu'],
      ['cpu', backendName],
    ]) {
      await tf.setBackend(there);
      const inputs = {features: tf.ones([2, 40]), labels: tf.zeros([2], 'int32')};
      const [dy, statistics] = runLoss(inputs, {});
      await tf.setBackend(back);
      const gradient = () => runGrad({...inputs, dy, statistics}, {});
      if (there === back) {
        expect(gradient).not.toThrow();
      } else {
        expect(gradient).toThrowError(
          new RegExp(
            `^Take forward and backward pass on one backend.* from ${there} to ${back}\\.`,
          ),
        );
      }
    }
    await tf.setBackend(backendName);
  });
});
