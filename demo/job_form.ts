import type {Job, Message} from './messages';
import {runJob, type RunningJob} from './run_job';

/** Of all forms of the page: two jobs at once would slow each other down. */
let current: RunningJob | undefined;

/** A form whose button starts a job with the form's values, and stops it while it runs. */
export function jobForm(
  form: HTMLFormElement,
  jobOf: (values: {readonly [name: string]: string}) => Job,
  onMessage: (message: Message) => void,
  onEnd: (outcome: string) => void,
): void {
  const button = form.querySelector('button')!;
  const label = button.textContent;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const isOurs = button.textContent !== label;
    current?.stop();
    if (isOurs) return;
    button.textContent = 'Stop';
    const values = Array.from(new FormData(form), ([name, value]) => [name, `${value}`]);
    const job = runJob(jobOf(Object.fromEntries(values)), onMessage);
    current = job;
    await job.ended.then(onEnd, (error: Error) => onEnd(`It failed: ${error.message}`));
    button.textContent = label;
  });
  button.disabled = false;
}
