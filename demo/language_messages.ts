/** Messages between index.html and its worker. */

/** The first message of a worker starts a model, or goes on with the saved one. */
export type Request =
  | ({readonly kind: 'begin'} & Settings)
  | ({readonly kind: 'load'} & Settings)
  | {readonly kind: 'train'; readonly isOn: boolean}
  | ({readonly kind: 'change'} & Live)
  | {readonly kind: 'save'};

/** Settings of a new model. A saved one brings its own text, and its backend where that starts. */
export interface Settings extends Live {
  readonly backend: string;
  readonly text: string;
}

/** Settings that may change while it trains. */
export interface Live {
  readonly temperature: number;
  readonly tokensPerStep: number;
  /** Makes all logits of a step at once, as without the fused layer. */
  readonly withLogits: boolean;
}

export type Answer =
  | ({readonly kind: 'ready'} & Ready)
  | ({readonly kind: 'step'} & StepReport)
  | {readonly kind: 'sample'; readonly prompt: string; readonly text: string}
  | {readonly kind: 'saved'; readonly step: number}
  | {readonly kind: 'failed'; readonly message: string};

/** A model that can train. */
export interface Ready {
  readonly backend: string;
  readonly text: string;
  readonly textTokens: number;
  /** One for each step so far: none, or those of the saved model. */
  readonly reports: readonly StepReport[];
}

export interface StepReport {
  readonly step: number;
  /** In nats a token, of this step's batch. */
  readonly loss: number;
  readonly tokensPerSecond: number;
  /** Memory of the model and of its optimizer. */
  readonly modelBytes: number;
  /** The most that a step holds beyond them. */
  readonly stepBytes: number;
}
