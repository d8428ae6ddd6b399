/** digits.html: a network learns to read digits while you watch. */
import * as tf from '@tensorflow/tfjs';

import {Announcer} from './announcer';
import {offerBackends} from './backend_names';
import {usableBackends} from './backends';
import {Chart} from './chart';
import {loadDigits, loadPictures} from './digits';
import {element} from './element';
import {offerInstallLine} from './install';
import {Mistakes} from './mistakes';
import {Samples} from './samples';
import {type Report, Training} from './training';

const STEPS = 600;
/** A network that knows nothing guesses among ten digits: nats, and percent. */
const [BLIND_LOSS, BLIND_ACCURACY] = [Math.log(10), 10];

const toggle = element('toggle', HTMLButtonElement);
const backend = element('backend', HTMLSelectElement);
const stepFigure = element('step', HTMLElement);
const lossFigure = element('loss', HTMLElement);
const accuracyFigure = element('accuracy', HTMLElement);
const lossChart = new Chart(element('loss-chart', HTMLElement), {
  x: 'step',
  y: 'loss, nats',
  curves: ['on digits it trains on', 'blind guess'],
  xRange: () => [0, STEPS],
  yRange: () => [0, 2.5],
});
const accuracyChart = new Chart(element('accuracy-chart', HTMLElement), {
  x: 'step',
  y: 'read correctly, %',
  curves: ['on digits it never trains on', 'blind guess'],
  xRange: () => [0, STEPS],
  yRange: () => [0, 100],
});

offerInstallLine();
offerBackends(backend, element('why', HTMLElement), await usableBackends());
const pictures = await loadPictures();
const samples = new Samples(element('samples', HTMLElement), pictures);
const mistakes = new Mistakes(
  element('mistakes', HTMLElement),
  element('mistakes-count', HTMLElement),
  pictures,
);
const announcer = new Announcer(element('spoken', HTMLElement));

let curves: {steps: number[]; losses: number[]; accuracies: number[]};
let training = await newTraining();

async function newTraining(): Promise<Training> {
  await tf.setBackend(backend.value);
  curves = {steps: [], losses: [], accuracies: []};
  const {train, test} = await loadDigits();
  const training = new Training(train, test, STEPS, show);
  await training.observe();
  return training;
}

function show({step, loss, predicted}: Report): void {
  const {digits} = pictures;
  const accuracy =
    (100 * digits.filter((digit, i) => digit === predicted[i]).length) / digits.length;
  curves.steps.push(step);
  curves.losses.push(loss);
  curves.accuracies.push(accuracy);
  stepFigure.textContent = `${step} of ${STEPS}`;
  lossFigure.textContent = loss.toFixed(3);
  accuracyFigure.textContent = `${accuracy.toFixed(1)} %`;
  lossChart.draw(
    curves.steps,
    [curves.losses, curves.losses.map(() => BLIND_LOSS)],
    `Loss: now ${lossFigure.textContent} nats`,
  );
  accuracyChart.draw(
    curves.steps,
    [curves.accuracies, curves.accuracies.map(() => BLIND_ACCURACY)],
    `Accuracy: now ${accuracyFigure.textContent}`,
  );
  samples.show(predicted);
  mistakes.show(predicted);
  if (step > 0) announcer.mention(news());
}

const news = () =>
  `Step ${stepFigure.textContent}: loss ${lossFigure.textContent}, ${accuracyFigure.textContent} read correctly.`;

/** A new training takes the place of this one, on the chosen backend. */
async function reset(): Promise<void> {
  toggle.disabled = backend.disabled = true;
  await training.dispose();
  training = await newTraining();
  toggle.textContent = 'Start';
  toggle.disabled = backend.disabled = false;
}

async function start(): Promise<void> {
  const current = training;
  toggle.textContent = 'Pause';
  await current.start();
  if (current !== training) return;
  toggle.textContent = current.isDone ? 'Start over' : 'Continue';
  announcer.tell(`${current.isDone ? 'Done' : 'Paused'}. ${news()}`);
}

toggle.addEventListener('click', () => {
  if (training.isRunning) void training.pause();
  else if (training.isDone) void reset().then(start);
  else void start();
});
backend.addEventListener('change', () => void reset());
toggle.disabled = backend.disabled = false;
