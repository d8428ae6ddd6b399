/** compare.html: one-hot and tf.layers beside ours, as recorded, and in the reader's browser. */
import {offerBackends} from './backend_names';
import {parseClassCounts} from './class_counts';
import {element} from './element';
import {offerInstallLine} from './install';
import {jobForm} from './job_form';
import {LadderView} from './ladder_view';
import type {Shape} from './messages';
import {RaceView} from './race_view';
import {showRecordedLosses} from './recorded_losses';
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
  // A <select> takes only what it offers.
  if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = value;
}

const classes = element('classes', HTMLInputElement);
const classesProblem = element('classes-problem', HTMLElement);
function checkClasses(): void {
  let problem = '';
  try {
    parseClassCounts(classes.value);
  } catch (error) {
    problem = (error as Error).message;
  }
  classes.setCustomValidity(problem); // The form does not start while there is one.
  classes.setAttribute('aria-invalid', `${problem !== ''}`);
  classesProblem.textContent = problem;
}
classes.addEventListener('input', checkClasses);
checkClasses();
// Folded away, unless the address asks for something wrong.
element('ladder-settings', HTMLDetailsElement).open = !classes.validity.valid;

offerInstallLine();
showRecordedLosses();

const backend = element('backend', HTMLSelectElement);
await runJob({kind: 'backends'}, (message) => {
  if (message.kind !== 'backends') return;
  offerBackends(backend, element('why', HTMLElement), message.offers);
}).ended;

const ladder = new LadderView();
const ladderProgress = element('ladder-progress', HTMLProgressElement);
const ladderStatus = element('ladder-status', HTMLElement);
jobForm({
  form: element('ladder', HTMLFormElement),
  status: ladderStatus,
  jobOf: (values) => {
    ladder.clear();
    return {
      kind: 'ladder',
      backend: backend.value,
      shapes: shapesOf(values),
      limitBytes: Number(values.limit) * 1e9,
    };
  },
  onMessage: (message) => {
    if (message.kind === 'rung') ladder.add(message);
    if (message.kind !== 'progress') return;
    ladderProgress.value = message.value;
    ladderStatus.textContent = `Measuring ${message.text} ...`;
  },
  summary: () => {
    ladderProgress.value = 1;
    return ladder.summary();
  },
});

function shapesOf(values: {readonly [id: string]: string}): Shape[] {
  const batch = Number(values.batch);
  const ladderShapes = parseClassCounts(values.classes).map((classes) => ({batch, classes}));
  return [...ladderShapes, {batch: Number(values.big), classes: GPT2_CLASSES}];
}

const race = new RaceView();
const raceProgress = element('race-progress', HTMLProgressElement);
const raceStatus = element('race-status', HTMLElement);
jobForm({
  form: element('race', HTMLFormElement),
  status: raceStatus,
  jobOf: (values) => {
    const [classes, steps] = [Number(values.raceClasses), Number(values.steps)];
    race.clear(steps);
    raceStatus.textContent = `Training both on ${backend.value} ...`;
    raceProgress.value = 0;
    raceProgress.max = steps;
    return {kind: 'race', backend: backend.value, classes, steps};
  },
  onMessage: (message) => {
    if (message.kind === 'step') race.step(message.runner, message.loss);
    if (message.kind === 'step' && message.runner === 'layers') raceProgress.value++;
    if (message.kind === 'finish') race.finish(message);
  },
  summary: () => race.summary(),
});
