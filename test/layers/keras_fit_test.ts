/** model.fit after compileSparse, step for step what Keras does: history, metrics and weights. */
import * as tf from '@tensorflow/tfjs';

import {compileSparse, sparseCategoricalCrossentropy} from '../../src/layers';
import goldens from '../goldens/layers.json';
import {describeEachBackend, withoutLeakCheckOfKernels} from '../helpers/backends';
import {type GoldenTensor, numbers, toTensor} from '../helpers/goldens';
import {inTurn} from '../helpers/in_turn';

/** Three epochs in float32 against Keras in float64. */
const CLOSE = {relative: 5e-5, absolute: 5e-5};

/** The names of Keras's logs in tf.layers. */
function inTfLayers(log: string): string {
  return log.replace('accuracy', 'acc');
}

describeEachBackend('model.fit after compileSparse', (backendName) => {
  withoutLeakCheckOfKernels();

  const padded = goldens.fits.findIndex(({name}) => name === 'padded sequences');
  for (const golden of inTurn(backendName, goldens.fits, padded)) {
    it(`trains as Keras does: ${golden.name}`, async () => {
      const ys = golden.ys as {ids: GoldenTensor; value?: GoldenTensor};
      const outputNames = Object.keys(ys) as Array<keyof typeof ys>;
      const x = toTensor(golden.x);
      const targets = outputNames.map((name) => toTensor(ys[name]!));

      const inputs = tf.input({shape: x.shape.slice(1)});
      const outputs = outputNames.map((name) => {
        const layer = tf.layers.dense({units: name === 'ids' ? 4 : 1, name});
        return layer.apply(inputs) as tf.SymbolicTensor;
      });
      const model = tf.model({inputs, outputs});
      model.setWeights(golden.before.map(toTensor));
      const optimizer = tf.train.sgd(0.1);
      const ids = sparseCategoricalCrossentropy({ignoreClass: golden.ignoreClass ?? undefined});
      const loss = outputNames.map((name) => (name === 'ids' ? ids : 'meanSquaredError'));
      compileSparse(model, {optimizer, loss, metrics: {ids: ['accuracy']}});

      const {history} = await model.fit(x, targets, {
        verbose: 0,
        batchSize: 4,
        epochs: 3,
        shuffle: false,
        classWeight: (golden.classWeight as {[label: number]: number} | null) ?? undefined,
        validationData: [x, targets],
      });
      for (const [log, want] of Object.entries(golden.history)) {
        const got = history[inTfLayers(log)] as number[];
        expect(got).withContext(log).toBeDefined();
        // Keras takes an ignored target for a wrong guess; here it does not count.
        if (golden.ignoreClass !== null && log.includes('accuracy')) continue;
        await expectAsync(got).withContext(log).toBeAllClose(want, CLOSE);
      }
      for (const [i, weight] of model.getWeights().entries()) {
        await expectAsync(weight).toBeAllClose(numbers(golden.after[i]), CLOSE);
      }
      model.dispose();
      optimizer.dispose();
    });
  }
});
