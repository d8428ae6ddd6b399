import type {Job, Message} from './messages';
import {runJob, type RunningJob} from './run_job';

export interface JobForm {
  readonly form: HTMLFormElement;
  /** Says how the job goes. */
  readonly status: HTMLElement;
  readonly jobOf: (values: {readonly [name: string]: string}) => Job;
  readonly onMessage: (message: Message) => void;
  /** The result in words, when the job is done. */
  readonly summary: () => string;
}

/** One job for all forms of the page: two would slow each other down. */
let running: {readonly form: HTMLFormElement; readonly job: RunningJob} | undefined;

/** A form whose button starts a job with the form's values, and stops it while it runs. */
export function jobForm({form, status, jobOf, onMessage, summary}: JobForm): void {
  const button = form.querySelector('button')!;
  const label = button.textContent;

  async function start(): Promise<void> {
    const values = Array.from(new FormData(form), ([name, value]) => [name, `${value}`]);
    const job = runJob(jobOf(Object.fromEntries(values)), onMessage);
    running = {form, job};
    button.textContent = 'Stop';
    status.textContent = await job.ended.then(
      (outcome) => (outcome === 'done' ? summary() : 'Stopped. What was measured stays below.'),
      (error: Error) => `It failed: ${error.message}`,
    );
    button.textContent = label;
    running = undefined;
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (running === undefined) void start();
    else if (running.form === form) running.job.stop();
    else status.textContent = 'The other measurement still runs: let it end, or stop it first.';
  });
  // Fields that are folded away come to light when one of them is wrong.
  form.addEventListener(
    'invalid',
    () => form.querySelector('details')?.setAttribute('open', ''),
    true,
  );
  button.disabled = false;
}
