/**
 * Hit rates over several batches. tf.layers averages a metric over batches by their rows. A hit
 * rate needs the counted targets as weights, and a batch without any must not enter as 0. So each
 * pass, an epoch or an evaluation, adds up hits and counted targets. Their ratio replaces the
 * average of tf.layers.
 */
import {add, dispose, divNoNan, keep, type Scalar, tidy} from '@tensorflow/tfjs-core';

import {type Callbacks, type Logs, withEpochHooks} from './callbacks';
import type {Hits} from './hit_rate';

/** The methods of a LayersModel that run passes. */
export interface Passes {
  readonly outputNames: string[];
  /** 'loss', and then a name for each of `metricsTensors`. */
  getDedupedMetricsNames(): string[];
  fit(x: unknown, y: unknown, args?: {callbacks?: Callbacks}): Promise<unknown>;
  fitDataset(dataset: unknown, args: {callbacks?: Callbacks}): Promise<unknown>;
  /** The loop of `evaluate`, and of the validation in `fit`. */
  testLoop(...args: unknown[]): Scalar[];
  evaluateDataset(...args: unknown[]): Promise<Scalar | Scalar[]>;
}

/** The sums of a pass, by the metric's place in `metricsTensors`. */
class Totals {
  private readonly sums = new Map<number, Hits>();

  add(place: number, {hits, counted}: Hits): void {
    const before = this.sums.get(place);
    this.sums.set(place, {
      hits: keep(before ? add(before.hits, hits) : hits),
      counted: keep(before ? add(before.counted, counted) : counted),
    });
    if (before) dispose([before.hits, before.counted]);
  }

  /** Replaces each average of tf.layers by the ratio. */
  replaceIn(averages: Scalar[], numOutputs: number): void {
    for (const [place, {hits, counted}] of this.sums) {
      const i = numOutputs + place; // After the losses of outputs.
      averages[i].dispose();
      averages[i] = divNoNan(hits, counted) as Scalar;
    }
  }

  async replaceInLogs(logs: Logs, names: string[]): Promise<void> {
    for (const [place, {hits, counted}] of this.sums) {
      const ratio = tidy(() => divNoNan(hits, counted));
      const name = names[1 + place];
      const average = logs[name];
      if (typeof average === 'object') average.dispose();
      [logs[name]] = await ratio.data();
      ratio.dispose();
    }
  }

  dispose(): void {
    for (const {hits, counted} of this.sums.values()) dispose([hits, counted]);
    this.sums.clear();
  }
}

/** The current pass of each model. */
const passes = new WeakMap<Passes, Totals>();

/** Models whose methods have been replaced. A pass without a hit rate changes nothing. */
const hooked = new WeakSet<Passes>();

/** Adds the hits of a batch to the current pass of the model. */
export function addHits(model: Passes, place: number, hits: Hits): void {
  passes.get(model)?.add(place, hits);
}

/** Makes every pass of the model end in ratios. */
export function endPassesInRatios(model: Passes): void {
  if (hooked.has(model)) return;
  hooked.add(model);
  const {fit, fitDataset, testLoop, evaluateDataset, outputNames} = model;

  /** Opens a pass. An evaluation may run within an epoch; the epoch's pass continues afterwards. */
  function open(): {totals: Totals; close: () => void} {
    const outer = passes.get(model);
    const totals = new Totals();
    passes.set(model, totals);
    const close = () => {
      totals.dispose();
      if (outer) passes.set(model, outer);
      else passes.delete(model);
    };
    return {totals, close};
  }

  model.testLoop = (...args) => {
    const {totals, close} = open();
    try {
      const averages = testLoop.apply(model, args);
      totals.replaceIn(averages, outputNames.length);
      return averages;
    } finally {
      close();
    }
  };
  model.evaluateDataset = async (...args) => {
    const {totals, close} = open();
    try {
      const averages = await evaluateDataset.apply(model, args);
      if (Array.isArray(averages)) totals.replaceIn(averages, outputNames.length);
      return averages;
    } finally {
      close();
    }
  };

  /** Runs a training whose epochs are passes. */
  async function train(
    callbacks: Callbacks | undefined,
    run: (callbacks: Callbacks) => Promise<unknown>,
  ): Promise<unknown> {
    const {totals, close} = open();
    const hooks = {
      onEpochBegin: () => totals.dispose(),
      onEpochEnd: (logs: Logs) => totals.replaceInLogs(logs, model.getDedupedMetricsNames()),
    };
    try {
      return await run(withEpochHooks(callbacks, hooks));
    } finally {
      close();
    }
  }
  model.fit = (x, y, args) =>
    train(args?.callbacks, (callbacks) => fit.call(model, x, y, {...args, callbacks}));
  model.fitDataset = (dataset, args) =>
    train(args?.callbacks, (callbacks) => fitDataset.call(model, dataset, {...args, callbacks}));
}
