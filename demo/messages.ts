/** Messages between a page and its worker. */
import type {Offer} from './backend_names';

/** The page asks for one job per worker. */
export type Job =
  | {readonly kind: 'backends'}
  | ({readonly kind: 'costs'} & CostsOptions)
  | ({readonly kind: 'ladder'} & LadderOptions)
  | ({readonly kind: 'race'} & RaceOptions);

export interface CostsOptions {
  readonly backend: string;
  /** Rows of the last layer. */
  readonly tokens: number;
}

/** The two numbers of the front page. */
export interface Costs {
  readonly tokens: number;
  readonly fusedBytes: number;
  readonly withLogitsBytes: number;
  /** The shape of the two losses. */
  readonly batch: number;
  readonly classes: number;
  readonly oneHotMs: number;
  readonly oursMs: number;
}

export interface LadderOptions {
  readonly backend: string;
  readonly shapes: readonly Shape[];
  /** No call that would take more memory, its logits included, is made. */
  readonly limitBytes: number;
}

export interface RaceOptions {
  readonly backend: string;
  readonly classes: number;
  readonly steps: number;
}

export interface Shape {
  readonly batch: number;
  readonly classes: number;
}

/** The worker's answers, ended by `done` or `failed`. */
export type Message =
  | {readonly kind: 'backends'; readonly offers: readonly Offer[]}
  | ({readonly kind: 'costs'} & Costs)
  | {readonly kind: 'progress'; readonly value: number; readonly text: string}
  | ({readonly kind: 'rung'} & Rung)
  | {readonly kind: 'step'; readonly runner: Runner; readonly loss: number}
  | ({readonly kind: 'finish'} & Finish)
  | {readonly kind: 'done'}
  | {readonly kind: 'failed'; readonly message: string};

/** One shape, both ways. */
export interface Rung {
  readonly shape: Shape;
  readonly oneHot: Outcome;
  readonly ours: Outcome;
}

/** Milliseconds per call and the most bytes that it holds at once, or why there was no call. */
export type Outcome = {readonly ms: number; readonly bytes: number} | {readonly reason: string};

export type Runner = 'ours' | 'layers';

export interface Finish {
  readonly runner: Runner;
  readonly backend: string;
  /** Where the backend cuts probabilities off. */
  readonly epsilon: number;
  /** The largest change of any weight. */
  readonly moved: number;
}
