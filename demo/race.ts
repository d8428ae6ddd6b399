/** The same small model learns by the loss of tf.layers, and by ours. */
import * as tf from '@tensorflow/tfjs';
import {losses} from 'tfjs-sparse-softmax-cross-entropy';

import {start} from './backends';
import type {Finish, RaceOptions, Runner} from './messages';

const EXAMPLES = 64;
const FEATURES = 32;
const LEARNING_RATE = 0.05;

type Step = (images: tf.Tensor2D, labels: tf.Tensor1D) => Promise<number>;

/** A model in training. */
interface Racer {
  readonly runner: Runner;
  readonly model: tf.Sequential;
  readonly before: tf.Tensor;
  readonly step: Step;
}

/** Step by step in turn, on one backend, so that both curves grow together. */
export async function race(
  {backend, classes, steps}: RaceOptions,
  onStep: (runner: Runner, loss: number) => void,
  onFinish: (finish: Finish) => void,
): Promise<void> {
  await start(backend);
  const examples = tf.randomNormal<tf.Rank.R2>([EXAMPLES, FEATURES], 0, 1, 'float32', 1);
  const labels = tf.randomUniformInt([EXAMPLES], 0, classes, 2) as tf.Tensor1D;
  const racers = [racer('ours', 'linear', minimizer), racer('layers', 'softmax', fitter)];
  for (let i = 0; i < steps; i++) {
    for (const {runner, step} of racers) onStep(runner, await step(examples, labels));
  }
  for (const {runner, model, before} of racers) {
    const change = tf.tidy(() => tf.max(tf.abs(tf.sub(weightsOf(model), before))));
    const [moved] = await change.data();
    onFinish({runner, backend, epsilon: tf.backend().epsilon(), moved});
    tf.dispose([before, change]);
    model.dispose();
  }
  tf.dispose([examples, labels]);

  function racer(
    runner: Runner,
    activation: 'softmax' | 'linear',
    stepOf: (model: tf.Sequential) => Step,
  ): Racer {
    const model = createModel(classes, activation);
    return {runner, model, before: weightsOf(model), step: stepOf(model)};
  }
}

function createModel(classes: number, activation: 'softmax' | 'linear'): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({seed: 3});
  const layer = {inputShape: [FEATURES], units: classes, activation, kernelInitializer};
  return tf.sequential({layers: [tf.layers.dense({...layer, useBias: false})]});
}

const weightsOf = (model: tf.Sequential) => model.getWeights()[0].clone();

/** The usual code with tf.layers. */
function fitter(model: tf.Sequential): Step {
  model.compile({optimizer: tf.train.adam(LEARNING_RATE), loss: 'sparseCategoricalCrossentropy'});
  return async (examples, labels) => {
    const classIds = tf.cast(labels, 'float32'); // As tf.layers wants them.
    const loss = await model.trainOnBatch(examples, classIds);
    classIds.dispose();
    return loss as number;
  };
}

/** The same with this package. */
function minimizer(model: tf.Sequential): Step {
  const optimizer = tf.train.adam(LEARNING_RATE);
  return async (examples, labels) => {
    const logits = () => model.apply(examples) as tf.Tensor;
    const meanLoss = () => losses.sparseSoftmaxCrossEntropy(labels, logits()) as tf.Scalar;
    const loss = optimizer.minimize(meanLoss, true)!;
    const [value] = await loss.data();
    loss.dispose();
    return value;
  };
}
