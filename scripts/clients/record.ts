/** The results of a run of all clients, which scripts/clients/recorded.json keeps. */
import {readFileSync} from 'node:fs';
import {cpus, loadavg} from 'node:os';
import path from 'node:path';

import * as tf from '@tensorflow/tfjs';

import type {Client, Edit, Variant} from './client';
import {changedLines} from './edit';
import {folderOf} from './fetch';
import {STEPS, type Trained} from './interleave';

export interface Measured {
  /** Changed in the client's code and in its caller's; 0 for theirs. */
  readonly lines: number;
  readonly firstLoss: number;
  readonly lastLoss: number;
  /** The largest distance of a loss from theirs at the same step, relative. */
  readonly difference: number;
  readonly stepMs: number;
  readonly lossMs?: number;
  readonly peakBytes: number;
}

export interface Recorded {
  readonly client: string;
  readonly packageSpec: string;
  readonly backend: string;
  readonly size: string;
  readonly differs?: string;
  readonly measured: {readonly [variant in Variant]?: Measured};
}

export interface Run {
  readonly date: string;
  readonly machine: string;
  /** Processes that wanted to run, on average over a minute, before the first client started. */
  readonly load: number;
  readonly clients: readonly Recorded[];
}

export const RECORD = 'scripts/clients/recorded.json';

/** Losses that agree are this near. Float32 knows 6e-8. */
const AGREES = 2e-6;

export const describeMachine = () => ({
  date: new Date().toISOString().slice(0, 10),
  machine: `Node ${process.versions.node}, TensorFlow.js ${tf.version_core}, ${cpus()[0].model}, ${cpus().length} cores`,
  load: Number(loadavg()[0].toFixed(1)),
});

/**
 * @throws Error if a trajectory leaves theirs without a reason, or stays with it though there is
 * one.
 */
export function record(
  client: Client,
  {backend, size, differs}: Client['runs'][number],
  trained: {readonly [variant in Variant]?: Trained},
): Recorded {
  const theirs = trained.theirs!.losses;
  const entries = Object.entries(trained).map(([variant, {losses, stepMs, lossMs, peakBytes}]) => {
    const difference = Math.max(...losses.map((loss, i) => Math.abs(loss / theirs[i] - 1)));
    if (variant !== 'theirs' && difference < AGREES !== (differs === undefined)) {
      throw new Error(
        `${client.name} on ${backend}, ${variant}: ${STEPS} steps differ by ${difference}.`,
      );
    }
    const lines =
      variant === 'theirs' ? 0 : linesOf(client, client.edits[variant as 'ours' | 'fused']!);
    const [firstLoss, lastLoss] = [losses[0], losses.at(-1)!];
    return [variant, {lines, firstLoss, lastLoss, difference, stepMs, lossMs, peakBytes}];
  });
  const {name, packageSpec} = client;
  return {client: name, packageSpec, backend, size, differs, measured: Object.fromEntries(entries)};
}

function linesOf(client: Client, edits: readonly Edit[]): number {
  const files = [...new Set(edits.map(({file}) => file))];
  const lines = files.map((file) => {
    const code = readFileSync(path.join(folderOf(client), 'package', file), 'utf8');
    return changedLines(
      code,
      edits.filter((edit) => edit.file === file),
    );
  });
  return lines.reduce((a, b) => a + b, client.linesOfCaller);
}
