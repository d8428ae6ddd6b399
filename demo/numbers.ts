/** The two numbers of the front page: from docs/benchmarks.md, until they are measured here. */
import recorded from '../docs/benchmarks.md';
import {duration, megabytes, times, whole} from './amounts';
import {showBars} from './bars';
import {element} from './element';
import type {Costs} from './messages';
import {runJob} from './run_job';

/** Rows of the last layer that is measured. With logits it takes 600 MB; phones have less. */
const TOKENS = matchMedia('(pointer: coarse)').matches ? 512 : 1024;

const memory = element('memory-bars', HTMLDListElement);
const time = element('time-bars', HTMLDListElement);

/** For a backend without a record, that of wasm, which every browser has. */
export function showRecorded(backend: string): void {
  const {lastLayer, losses} = recorded;
  const widest = (name: string) =>
    losses.filter((loss) => loss.backend === name).sort((a, b) => b.classes - a.classes)[0];
  const loss = widest(backend) ?? widest('wasm');
  const {batch, classes} = loss;
  show({...lastLayer, batch, classes, oneHotMs: loss.oneHot.ms, oursMs: loss.ours.ms});
  say(
    'numbers-source',
    `Recorded on ${lastLayer.machine}: memory on ${lastLayer.backend}, ${lastLayer.date}; time on ${loss.backend}, ${loss.date}.`,
  );
}

/** `begin` tells the backend when the button is pressed. */
export function offerMeasurement(
  button: HTMLButtonElement,
  begin: () => string,
  {wait, tell}: {readonly wait: (what: string) => void; readonly tell: (what: string) => void},
): void {
  button.addEventListener('click', async () => {
    button.disabled = true;
    const job = {kind: 'costs', backend: begin(), tokens: TOKENS} as const;
    wait(`Measuring a last layer with its logits and fused, on ${job.backend}`);
    await runJob(job, (message) => {
      if (message.kind === 'costs') showMeasured(job.backend, message);
    }).ended.then(
      () => tell('Measured. The two numbers are now those of this tab.'),
      (error: Error) => tell(`It failed: ${error.message}`),
    );
    button.disabled = false;
  });
}

function showMeasured(backend: string, costs: Costs): void {
  show(costs);
  say('numbers-source', `Measured in this tab just now, on ${backend}.`);
}

function show({
  tokens,
  fusedBytes,
  withLogitsBytes,
  batch,
  classes,
  oneHotMs,
  oursMs,
}: Costs): void {
  say('memory-setting', `for the last layer of ${whole(tokens)} tokens`);
  say('memory-ratio', times(withLogitsBytes / fusedBytes));
  showBars(memory, [
    {name: 'With logits', amount: withLogitsBytes, text: megabytes(withLogitsBytes)},
    {name: 'Fused, ours', amount: fusedBytes, text: megabytes(fusedBytes)},
  ]);
  say('time-ratio', times(oneHotMs / oursMs));
  showBars(time, [
    {name: 'One-hot', amount: oneHotMs, text: duration(oneHotMs)},
    {name: 'Ours', amount: oursMs, text: duration(oursMs)},
  ]);
  say('time-setting', `for ${whole(batch)} labels among ${whole(classes)} classes`);
}

function say(id: string, text: string): void {
  element(id, HTMLElement).textContent = text;
}
