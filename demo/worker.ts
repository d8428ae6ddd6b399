/** Measures off the page, which stays responsive; stopping it gives all of its memory back. */
import {usableBackends} from './backends';
import {measureCosts} from './costs';
import {climb} from './ladder';
import type {Job, Message} from './messages';
import {race} from './race';

const say = (message: Message) => self.postMessage(message);

async function work(job: Job): Promise<void> {
  switch (job.kind) {
    case 'backends':
      return say({kind: 'backends', offers: await usableBackends()});
    case 'costs':
      return say({kind: 'costs', ...(await measureCosts(job))});
    case 'ladder':
      return climb(
        job,
        (value, text) => say({kind: 'progress', value, text}),
        (rung) => say({kind: 'rung', ...rung}),
      );
    case 'race':
      return race(
        job,
        (runner, loss) => say({kind: 'step', runner, loss}),
        (finish) => say({kind: 'finish', ...finish}),
      );
  }
}

self.onmessage = async ({data}: MessageEvent<Job>) => {
  try {
    await work(data);
    say({kind: 'done'});
  } catch (error) {
    say({kind: 'failed', message: error instanceof Error ? error.message : `${error}`});
  }
};
