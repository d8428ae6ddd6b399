/**
 * What tests and benchmarks know of a backend, in one place. The helpers, the matchers, karma, the
 * bench and the check of docs/backends.md all read it.
 */
import type {ContestantName} from '../../bench/contestant_names';

export type Host = 'node' | 'chromium' | 'firefox' | 'webkit';

export interface Flags {
  readonly [flag: string]: number | boolean;
}

/** How far a number may be from its float64 value; what is given is added up. */
export interface Tolerance {
  readonly ulps?: number;
  /** Times max(1, |expected|). */
  readonly scaled?: number;
  readonly relative?: number;
  readonly absolute?: number;
}

export interface Promises {
  readonly loss: Tolerance;
  readonly gradient: Tolerance;
}

export interface BackendDescription {
  /** Where the specs run on it. There it must start, or the run fails. */
  readonly hosts: readonly Host[];
  /** Brings the backend, where `@tensorflow/tfjs` does not. Called before each start. */
  readonly load?: () => Promise<unknown>;
  /** Files that a page fetches, served by karma under `/base/`. */
  readonly servedFiles?: readonly string[];
  /** What Chromium needs on its command line. */
  readonly chromiumFlags?: readonly string[];

  /** The flags of tf.js under which every suite runs. */
  readonly flags: Flags;
  /**
   * What else a device or a setting may make of it: more flags by name, for what kernels compute.
   */
  readonly variants: {readonly [name: string]: Flags};
  /**
   * Variants that a host does not run, because they show nothing there that is not shown elsewhere.
   */
  readonly variantsLeftOut?: {readonly [H in Host]?: readonly string[]};
  /** Whether it reads flags only when it starts, so that each suite must start it anew. */
  readonly startsAnew: boolean;

  /** docs/numerics.md. */
  readonly promises: Promises;
  /** With label smoothing, where two terms of a gradient may cancel. */
  readonly smoothedPromises: Promises;
  /**
   * What a label outside [0, classes) gets that a kernel has made: TensorFlow's error, or NaN in
   * its row.
   */
  readonly badLabel: 'throws' | 'NaN';

  /** Whether tf.js's own kernels pass the engine's check of each kernel. */
  readonly checksOwnKernels: boolean;
  /** Lets go of what it holds until later, before memory is counted. */
  readonly settle?: () => void;

  readonly bench: {
    readonly place: 'process' | 'page';
    /** Contestants that make sense here alone. */
    readonly adds?: readonly ContestantName[];
    /** Contestants that cannot run, or take time with the square of the batch. */
    readonly leavesOut?: readonly ContestantName[];
    /** Contestants that compute something else here. */
    readonly differ?: readonly ContestantName[];
  };

  /** Its row in the table of docs/backends.md. */
  readonly docs: {
    readonly backend: string;
    readonly computes: string;
    readonly precision: string;
    readonly where: string;
  };
}
