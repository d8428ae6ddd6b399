/** model.html: a language model learns a text while you watch, in a worker. */
import loomings from '../examples/vocabulary/loomings.txt';
import {Announcer} from './announcer';
import {offerBackends} from './backend_names';
import {Chart} from './chart';
import {element} from './element';
import type {Answer, Live, Request, StepReport} from './language_messages';
import {runJob} from './run_job';

const toggle = element('toggle', HTMLButtonElement);
const resetButton = element('reset', HTMLButtonElement);
const saveButton = element('save', HTMLButtonElement);
const loadButton = element('load', HTMLButtonElement);
const buttons = [toggle, resetButton, saveButton, loadButton];
const announcer = new Announcer(element('status', HTMLElement));
const backend = element('backend', HTMLSelectElement);
const text = element('text', HTMLTextAreaElement);
const temperature = element('temperature', HTMLInputElement);
const tokensPerStep = element('tokens-per-step', HTMLSelectElement);
const withLogits = element('with-logits', HTMLInputElement);

const chart = new Chart(element('loss-chart', HTMLElement), {
  x: 'step',
  y: 'loss, nats',
  curves: ['loss'],
});

function show(id: string, value: string): void {
  element(id, HTMLElement).textContent = value;
}

/** The one model of the page: its worker, and what came from it. */
let worker: Worker | undefined;
let isTraining = false;
let steps: number[] = [];
let losses: number[] = [];

const live = (): Live => ({
  temperature: temperature.valueAsNumber,
  tokensPerStep: Number(tokensPerStep.value),
  withLogits: withLogits.checked,
});

const ask = (request: Request) => worker?.postMessage(request);

function begin(fromSaved: boolean): void {
  end();
  worker = new Worker('language_worker.js', {type: 'module'});
  worker.onmessage = ({data}: MessageEvent<Answer>) => hear(data);
  worker.onerror = ({message}) => hear({kind: 'failed', message});
  ask({kind: 'begin', fromSaved, backend: backend.value, text: text.value, ...live()});
}

/** Lets the model go, with all of its memory. */
function end(): void {
  worker?.terminate();
  worker = undefined;
  setTraining(false);
  toggle.textContent = 'Start';
  [steps, losses] = [[], []];
  chart.draw([], [[]], 'Loss: no step yet');
  show('step', '0');
  for (const id of ['loss', 'perplexity', 'speed', 'model-memory', 'step-memory']) show(id, '–');
  show('prompt', '');
  show('sample', '–');
}

function setTraining(isOn: boolean): void {
  isTraining = isOn;
  toggle.textContent = isOn ? 'Pause' : 'Go on';
  ask({kind: 'train', isOn});
}

function hear(answer: Answer): void {
  switch (answer.kind) {
    case 'ready':
      show('step', `${answer.step}`);
      announcer.tell(`The text has ${answer.textTokens.toLocaleString('en')} tokens.`);
      return;
    case 'step':
      return showStep(answer);
    case 'sample':
      show('prompt', answer.prompt);
      return show('sample', answer.text);
    case 'saved':
      return announcer.tell(`Saved in this browser, at step ${answer.step}.`);
    case 'failed':
      if (isTraining) setTraining(false);
      return announcer.tell(`It failed: ${answer.message}`);
  }
}

function showStep({step, loss, tokensPerSecond, modelBytes, stepBytes}: StepReport): void {
  steps.push(step);
  losses.push(loss);
  const perplexity = short(Math.exp(loss));
  show('step', `${step}`);
  show('loss', loss.toFixed(3));
  show('perplexity', perplexity);
  show('speed', short(tokensPerSecond));
  show('model-memory', `${short(modelBytes / 1e6)} MB`);
  show('step-memory', `${short(stepBytes / 1e6)} MB`);
  chart.draw(steps, [losses], `Loss: now ${loss.toFixed(3)} nats`);
  announcer.mention(`Step ${step}: loss ${loss.toFixed(2)}, perplexity ${perplexity}.`);
}

const short = (value: number) =>
  value.toLocaleString('en', value < 100 ? {maximumSignificantDigits: 2} : {maximumFractionDigits: 0}); // prettier-ignore

toggle.addEventListener('click', () => {
  if (worker === undefined) begin(false);
  setTraining(!isTraining);
  if (!isTraining) announcer.tell('Paused.');
});
resetButton.addEventListener('click', () => {
  end();
  announcer.tell('Ready for a new model.');
});
saveButton.addEventListener('click', () => {
  if (worker === undefined) announcer.tell('There is no model yet: start one.');
  ask({kind: 'save'});
});
loadButton.addEventListener('click', () => {
  begin(true);
  toggle.textContent = 'Go on';
});
for (const field of [backend, text]) {
  field.addEventListener('change', () => {
    end();
    announcer.tell('Ready for a new model.');
  });
}
function changed(): void {
  show('temperature-value', temperature.value);
  ask({kind: 'change', ...live()});
}
for (const field of [temperature, tokensPerStep, withLogits]) {
  field.addEventListener('input', changed);
}

text.value = loomings;
changed();
await runJob({kind: 'backends'}, (message) => {
  if (message.kind === 'backends') offerBackends(backend, message.names);
}).ended;
announcer.tell('Ready. What it writes becomes recognisable within a minute or two.');
for (const button of buttons) button.disabled = false;
