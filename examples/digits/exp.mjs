import * as tf from '@tensorflow/tfjs';
import {sparseSoftmaxCrossEntropyWithLogits} from 'tfjs-sparse-softmax-cross-entropy';
import {loadDigits} from './data.js';
const EPOCHS = Number(process.env.EP ?? 20), BATCH_SIZE = Number(process.env.BS ?? 32), LR = Number(process.env.LR ?? 0.003), SEED = Number(process.env.SEED ?? 1);
const K = process.env.K;
const L = tf.layers; let k = SEED * 100;
const w = () => tf.initializers.glorotUniform({seed: k++});
const he = () => tf.initializers.heNormal({seed: k++});
const dense = (units, o = {}) => L.dense({units, kernelInitializer: w(), ...o});
const models = {
  mlp256: () => [dense(256, {activation: 'relu', inputShape: [64]}), dense(10)],
  mlp128d: () => [dense(128, {activation: 'relu', inputShape: [64]}), L.dropout({rate: 0.5, seed: k++}), dense(10)],
  mlp256d: () => [L.dropout({rate: 0.2, seed: k++, inputShape: [64]}), dense(256, {activation: 'relu'}), L.dropout({rate: 0.5, seed: k++}), dense(10)],
  mlp128x2: () => [dense(128, {activation: 'relu', inputShape: [64]}), dense(128, {activation: 'relu'}), dense(10)],
  cnn16: () => [L.reshape({targetShape: [8, 8, 1], inputShape: [64]}), L.conv2d({filters: 16, kernelSize: 3, activation: 'relu', kernelInitializer: w()}), L.flatten(), dense(64, {activation: 'relu'}), dense(10)],
  cnn16p: () => [L.reshape({targetShape: [8, 8, 1], inputShape: [64]}), L.conv2d({filters: 16, kernelSize: 3, activation: 'relu', kernelInitializer: w()}), L.maxPooling2d({poolSize: 2}), L.flatten(), dense(64, {activation: 'relu'}), dense(10)],
  cnn32pl: () => [L.reshape({targetShape: [8, 8, 1], inputShape: [64]}), L.conv2d({filters: 32, kernelSize: 3, activation: 'relu', kernelInitializer: w()}), L.maxPooling2d({poolSize: 2}), L.flatten(), dense(10)],
  cnn16pl: () => [L.reshape({targetShape: [8, 8, 1], inputShape: [64]}), L.conv2d({filters: 16, kernelSize: 3, activation: 'relu', kernelInitializer: w()}), L.maxPooling2d({poolSize: 2}), L.flatten(), dense(10)],
  cnn2: () => [L.reshape({targetShape: [8, 8, 1], inputShape: [64]}), L.conv2d({filters: 8, kernelSize: 3, activation: 'relu', kernelInitializer: w()}), L.conv2d({filters: 16, kernelSize: 3, activation: 'relu', kernelInitializer: w()}), L.maxPooling2d({poolSize: 2}), L.flatten(), dense(10)],
};
const meanLoss = (m, {images, labels}) => tf.mean(sparseSoftmaxCrossEntropyWithLogits(labels, m.apply(images, {training: true})));
function shuffle({images, labels}, seed) {
  const keys = tf.randomUniform(labels.shape, 0, 1, 'float32', seed);
  const order = tf.topk(keys, keys.size).indices;
  return {images: tf.gather(images, order), labels: tf.gather(labels, order)};
}
function trainEpoch(model, optimizer, data, seed) {
  const {images, labels} = shuffle(data, seed);
  for (let start = 0; start < labels.size; start += BATCH_SIZE) {
    const size = Math.min(BATCH_SIZE, labels.size - start);
    const batch = {images: images.slice(start, size), labels: labels.slice(start, size)};
    optimizer.minimize(() => meanLoss(model, batch));
  }
}
const accuracy = (m, {images, labels}) => tf.mean(tf.equal(tf.argMax(m.predict(images), -1), labels)).dataSync()[0];
await tf.setBackend('cpu');
const {train, test} = loadDigits();
const model = tf.sequential({layers: models[K]()});
const optimizer = tf.train.adam(LR);
const s = Date.now(); const out = [];
for (let e = 0; e < EPOCHS; e++) {
  tf.tidy(() => trainEpoch(model, optimizer, train, SEED * 100 + e));
  if ((e + 1) % 5 == 0) out.push(`${e + 1}: ${tf.tidy(() => meanLoss(model, train).dataSync()[0]).toFixed(4)} ${tf.tidy(() => accuracy(model, test)).toFixed(4)} ${((Date.now() - s) / 1000).toFixed(1)}s`);
}
console.log(K, LR, SEED, out.join(' | '));
