/** examples/continue_in_tensorflow: tf.js against the numbers that its script recorded. */
import {readFileSync} from 'node:fs';

import * as tf from '@tensorflow/tfjs';

import {lossOf} from '../../examples/continue_in_tensorflow/loss.js';
import {filesToLoad} from '../../examples/continue_in_tensorflow/model_files.js';

const RECORDED = 'examples/continue_in_tensorflow/recorded';
const read = (name: string) => JSON.parse(readFileSync(`${RECORDED}/${name}`, 'utf8'));

describe('a model that continues in TensorFlow', () => {
  const {images, labels} = read('batch.json');
  const {before, after} = read('tensorflow.json');

  for (const [folder, expected] of [
    ['from_tfjs', before],
    ['from_tensorflow', after],
  ]) {
    // prettier-ignore
    it(`has in tf.js the loss that TensorFlow computed: ${folder}`, async () => {
      await tf.setBackend('cpu');
      const model = await tf.loadLayersModel(filesToLoad(`${RECORDED}/${folder}`));
      const batch = {images: tf.tensor2d(images), labels: tf.tensor1d(labels, 'int32')};
      expect(Math.abs(lossOf(model, batch) - expected)).toBeLessThanOrEqual(2e-6);
      model.dispose();
      tf.dispose([batch.images, batch.labels]);
    });
  }

  it('lost something on that batch by the step in TensorFlow', () => {
    expect(after).toBeLessThan(before);
  });
});
