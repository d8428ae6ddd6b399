import type {Job, Message} from './messages';

export interface RunningJob {
  /** Rejects with what the job threw. */
  readonly ended: Promise<'done' | 'stopped'>;
  stop(): void;
}

/** Runs a job in a new worker. */
export function runJob(job: Job, onMessage: (message: Message) => void): RunningJob {
  const worker = new Worker('worker.js', {type: 'module'});
  let stop = () => {};
  const ended = new Promise<'done' | 'stopped'>((resolve, reject) => {
    stop = () => resolve('stopped');
    worker.onerror = ({message}) => reject(new Error(message));
    worker.onmessage = ({data}: MessageEvent<Message>) => {
      if (data.kind === 'done') resolve('done');
      else if (data.kind === 'failed') reject(new Error(data.message));
      else onMessage(data);
    };
  }).finally(() => worker.terminate());
  worker.postMessage(job);
  return {ended, stop};
}
