/** compare.html: one-hot and tf.layers beside ours, measured in the browser of the reader. */
import {element, offer} from './element';
import {jobForm} from './job_form';
import {LadderView} from './ladder_view';
import type {Shape} from './messages';
import {RaceView} from './race_view';
import {runJob} from './run_job';

/** The vocabulary of GPT-2, for the big batch. */
const GPT2_CLASSES = 50257;

/** What the fields hold at first; the address may say otherwise, as in `?batch=64&limit=2`. */
const defaults = {
  batch: '128',
  classes: `10, 100, 1000, 10000, ${GPT2_CLASSES}, 100277, 200019`,
  big: '2048',
  // Phones have less.
  limit: matchMedia('(pointer: coarse)').matches ? '0.5' : '1',
  raceClasses: '20000',
  steps: '30',
};

const asked = new URLSearchParams(location.search);
for (const [id, value] of Object.entries(defaults)) {
  const field = document.getElementById(id) as HTMLInputElement | HTMLSelectElement;
  field.value = asked.get(id) ?? value;
}

let backends: readonly string[] = [];
await runJob({kind: 'backends'}, (message) => {
  if (message.kind === 'backends') backends = message.names;
}).ended;
offer(element('backend', HTMLSelectElement), backends);

const ladder = new LadderView();
const progress = element('ladder-progress', HTMLProgressElement);
const ladderStatus = element('ladder-status', HTMLElement);
jobForm(
  element('ladder', HTMLFormElement),
  (values) => {
    ladder.clear();
    return {
      kind: 'ladder',
      backend: values.backend,
      shapes: shapesOf(values),
      limitBytes: Number(values.limit) * 1e9,
    };
  },
  (message) => {
    if (message.kind === 'rung') ladder.add(message);
    if (message.kind !== 'progress') return;
    progress.value = message.value;
    ladderStatus.textContent = `Measuring ${message.text} ...`;
  },
  (outcome) => {
    progress.value = 1;
    ladderStatus.textContent = outcome === 'Done.' ? ladder.summary() : outcome;
  },
);

function shapesOf(values: {readonly [id: string]: string}): Shape[] {
  const counts = (values.classes.match(/\d+/g) ?? []).map(Number);
  const ladderShapes = counts.map((classes) => ({batch: Number(values.batch), classes}));
  return [...ladderShapes, {batch: Number(values.big), classes: GPT2_CLASSES}];
}

const race = new RaceView();
const raceStatus = element('race-status', HTMLElement);
jobForm(
  element('race', HTMLFormElement),
  ({raceClasses, steps}) => {
    race.clear(Number(steps));
    raceStatus.textContent = 'Training ...';
    return {kind: 'race', backend: backends[0], classes: Number(raceClasses), steps: Number(steps)};
  },
  (message) => {
    if (message.kind === 'step') race.step(message.runner, message.loss);
    if (message.kind === 'finish') race.finish(message);
  },
  (outcome) => {
    raceStatus.textContent = outcome;
  },
);
