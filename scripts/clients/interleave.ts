/** Trains one client with each loss, in processes that take turns: one step each, then the next. */
import {median} from '../../bench/median';
import {bundle} from './bundle';
import type {Client, Variant} from './client';
import {startProcess} from './start_process';
import type {Reply} from './worker';

/** Times are of all steps but the first, which compiles, and the last, whose memory is watched. */
export const STEPS = 20;
const LOSS_ROUNDS = 5;

export interface Trained {
  readonly losses: number[];
  /** Medians. */
  readonly stepMs: number;
  readonly lossMs?: number;
  readonly peakBytes: number;
}

export async function interleave(
  client: Client,
  {backend, settings}: Client['runs'][number],
): Promise<{[variant in Variant]?: Trained}> {
  const variants: Variant[] = [
    'theirs',
    'ours',
    ...(client.edits.fused ? (['fused'] as const) : []),
  ];
  const workers = [];
  for (const variant of variants) {
    const file = await bundle(client, variant);
    const args = [backend, variant, `${STEPS}`, JSON.stringify(settings)];
    const replies: Reply[] = [];
    const losses: Reply[] = [];
    workers.push({variant, replies, losses, ...startProcess(file, args)});
  }
  try {
    for (const {receive} of workers) await receive(); // Before the first step.
    for (let step = 1; step <= STEPS; step++) {
      for (const {ask, receive, replies} of rotated(workers, step)) {
        ask(step < STEPS ? 'step' : 'step and watch memory');
        replies.push(await receive());
        await receive(); // Before the next step, or after the last.
      }
    }
    for (let round = 0; round <= LOSS_ROUNDS; round++) {
      for (const {ask, receive, losses} of rotated(workers, round)) {
        ask('loss');
        losses.push(await receive());
      }
    }
  } finally {
    for (const {end} of workers) end();
  }
  return Object.fromEntries(
    workers.map(({variant, replies, losses}) => [
      variant,
      {
        losses: replies.map(({loss}) => loss!),
        stepMs: median(replies.slice(1, -1).map(({ms}) => ms!)),
        lossMs: losses[0].ms === undefined ? undefined : median(losses.slice(1).map(({ms}) => ms!)),
        peakBytes: replies.at(-1)!.peakBytes!,
      },
    ]),
  );
}

/** The items in another order each time, so that none is always first. */
const rotated = <T>(items: T[], by: number): T[] => {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
};
