/** index.html: a language model learns a text while you watch, in a worker. */
import loomings from '../examples/vocabulary/loomings.txt';
import {Announcer} from './announcer';
import {offerBackends} from './backend_names';
import {element} from './element';
import {offerInstallLine} from './install';
import type {Answer, Live, Request} from './language_messages';
import {ModelView} from './model_view';
import {offerMeasurement, showRecorded} from './numbers';
import {runJob} from './run_job';

const toggle = element('toggle', HTMLButtonElement);
const resetButton = element('reset', HTMLButtonElement);
const saveButton = element('save', HTMLButtonElement);
const loadButton = element('load', HTMLButtonElement);
const measure = element('measure', HTMLButtonElement);
const busy = element('busy', HTMLProgressElement);
const backend = element('backend', HTMLSelectElement);
const why = element('why', HTMLElement);
const text = element('text', HTMLTextAreaElement);
const temperature = element('temperature', HTMLInputElement);
const tokensPerStep = element('tokens-per-step', HTMLSelectElement);
const withLogits = element('with-logits', HTMLInputElement);
const announcer = new Announcer(element('spoken', HTMLElement), element('status', HTMLElement));
const view = new ModelView();

/** The one model of the page: its worker, and how far it is. */
let worker: Worker | undefined;
let isReady = false;
let isTraining = false;

const live = (): Live => ({
  temperature: temperature.valueAsNumber,
  tokensPerStep: Number(tokensPerStep.value),
  withLogits: withLogits.checked,
});

const ask = (request: Request) => worker?.postMessage(request);

/** Says what goes on, with a sign that something does, until the next message. */
function wait(what: string): void {
  busy.hidden = false;
  announcer.tell(`${what} ...`);
}

function tell(what: string, figures?: string): void {
  busy.hidden = true;
  announcer.tell(what, figures);
}

function begin(kind: 'begin' | 'load'): void {
  end();
  view.restart([], 'It writes after its first step.');
  worker = new Worker('language_worker.js', {type: 'module'});
  worker.onmessage = ({data}: MessageEvent<Answer>) => hear(data);
  worker.onerror = ({message}) => hear({kind: 'failed', message: `It failed: ${message}`});
  ask({kind, backend: backend.value, text: text.value, ...live()});
  wait(kind === 'load' ? 'Loading the saved model' : `Starting ${backend.value}`);
}

/** Frees the model and all of its memory. */
function end(): void {
  worker?.terminate();
  worker = undefined;
  isReady = isTraining = false;
  toggle.textContent = 'Start';
  view.restart([], 'Press Start, and it writes here.');
}

function setTraining(isOn: boolean): void {
  isTraining = isOn;
  toggle.textContent = isOn ? 'Pause' : 'Go on';
  ask({kind: 'train', isOn});
  if (!isOn) tell('Paused.', view.news());
  else if (isReady) wait('Taking a step');
}

function hear(answer: Answer): void {
  switch (answer.kind) {
    case 'ready':
      isReady = true;
      if (backend.value !== answer.backend) why.textContent = 'The saved model runs on it.';
      backend.value = answer.backend;
      text.value = answer.text;
      view.restart(answer.reports, 'It writes after its next step.');
      if (isTraining) return wait('Compiling the first step');
      return tell('Loaded.', view.news());
    case 'step':
      view.add(answer);
      if (isTraining && !busy.hidden) tell('Learning.', view.news());
      return announcer.mention(view.news());
    case 'sample':
      return view.showSample(answer.prompt, answer.text);
    case 'saved':
      return announcer.tell(`Saved in this browser, at step ${answer.step}.`);
    case 'failed':
      if (!isReady) end();
      else if (isTraining) setTraining(false);
      return tell(answer.message);
  }
}

function newModel(): void {
  end();
  tell('Ready for a new model.');
}

toggle.addEventListener('click', () => {
  if (worker === undefined) begin('begin');
  setTraining(!isTraining);
});
resetButton.addEventListener('click', newModel);
saveButton.addEventListener('click', () => {
  if (isReady) ask({kind: 'save'});
  else announcer.tell('There is no model yet. Press Start first.');
});
loadButton.addEventListener('click', () => {
  begin('load');
  toggle.textContent = 'Go on';
});
backend.addEventListener('change', () => showRecorded(backend.value));
for (const field of [backend, text]) field.addEventListener('change', newModel);
function changed(): void {
  element('temperature-value', HTMLElement).textContent = temperature.value;
  ask({kind: 'change', ...live()});
}
for (const field of [temperature, tokensPerStep, withLogits]) {
  field.addEventListener('input', changed);
}
offerMeasurement(
  measure,
  () => {
    if (isTraining) setTraining(false); // It would slow the measurement down.
    return backend.value;
  },
  {wait, tell},
);

offerInstallLine();
text.value = loomings;
changed();
end();
showRecorded('wasm');
await runJob({kind: 'backends'}, (message) => {
  if (message.kind !== 'backends') return;
  offerBackends(backend, why, message.offers);
}).ended;
showRecorded(backend.value);
tell('Ready. It quotes Melville within a minute.');
for (const button of [toggle, resetButton, saveButton, loadButton, measure]) {
  button.disabled = false;
}
