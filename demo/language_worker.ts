/** Trains the language model off the page, which stays responsive. */
import {encode} from 'gpt-tokenizer/encoding/r50k_base';

import {CONTEXT, LanguageModel} from '../examples/vocabulary/model.js';
import {start} from './backends';
import type {Answer, Request, Settings} from './language_messages';
import {LanguageTrainer} from './language_trainer';
import {Refusal} from './refusal';
import {loadModel} from './saved_model';

const say = (answer: Answer) => self.postMessage(answer);

async function begin({backend, text, ...live}: Settings): Promise<LanguageTrainer> {
  const tokens = tokensOf(text);
  await start(backend);
  return ready(
    new LanguageTrainer(new LanguageModel(), {backend, text, tokens, reports: []}, live, say),
  );
}

async function load({backend, ...live}: Settings): Promise<LanguageTrainer> {
  const {artifacts, saved} = await loadModel();
  const {text, reports} = saved;
  // Its own backend may no longer start, as in a browser that lost its graphics card.
  const started = await start(saved.backend).then(
    () => saved.backend,
    () => start(backend).then(() => backend),
  );
  const model = new LanguageModel();
  await model.load(artifacts);
  const record = {backend: started, text, tokens: tokensOf(text), reports: [...reports]};
  const trainer = ready(new LanguageTrainer(model, record, live, say));
  await trainer.sample();
  return trainer;
}

function ready(trainer: LanguageTrainer): LanguageTrainer {
  const {backend, text, tokens, reports} = trainer.record;
  say({kind: 'ready', backend, text, textTokens: tokens.length, reports});
  return trainer;
}

/** @throws Refusal if there are too few to train on. */
function tokensOf(text: string): number[] {
  if (text.trim() === '') throw new Refusal('There is no text to learn. Write or paste one below.');
  const tokens = encode(text);
  if (tokens.length > CONTEXT) return tokens;
  const has = `${tokens.length} ${tokens.length === 1 ? 'token' : 'tokens'}`;
  throw new Refusal(
    `The text is too short. Add to it below: it has ${has}, and needs ${CONTEXT + 1}.`,
  );
}

/** A backend takes time to start: what is asked meanwhile waits for the model. */
let trainer: Promise<LanguageTrainer> | undefined;

async function answer(request: Request): Promise<void> {
  if (request.kind === 'begin') trainer = begin(request);
  if (request.kind === 'load') trainer = load(request);
  const current = await trainer;
  if (current === undefined) return;
  switch (request.kind) {
    case 'train':
      if (request.isOn) return current.run();
      current.isOn = false;
      return;
    case 'change':
      current.live = request;
      return;
    case 'save':
      return current.save();
  }
}

self.onmessage = async ({data}: MessageEvent<Request>) => {
  try {
    await answer(data);
  } catch (error) {
    const message = error instanceof Error ? error.message : `${error}`;
    say({kind: 'failed', message: error instanceof Refusal ? message : `It failed: ${message}`});
  }
};
