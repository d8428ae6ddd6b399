/**
 * A backend as tests and benchmarks see it. The helpers, the matchers, karma, the bench and the
 * check of docs/backends.md all read it.
 */
export type Host = 'node' | 'chromium' | 'firefox' | 'webkit';

export interface Flags {
  readonly [flag: string]: number | boolean;
}

/** The largest distance of a number from its float64 value: the sum of the given parts. */
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
  /** The hosts of its specs. There it must start, or the run fails. */
  readonly hosts: readonly Host[];
  /** Loads the backend, if `@tensorflow/tfjs` does not bring it. Called before each start. */
  readonly load?: () => Promise<unknown>;
  /** Files that a page fetches, served by karma under `/base/`. */
  readonly servedFiles?: readonly string[];
  /** Arguments for Chromium's command line. */
  readonly chromiumFlags?: readonly string[];

  /** The flags of tf.js under which every suite runs. */
  readonly flags: Flags;
  /**
   * Flags that imitate other devices and settings, by name, for specs of what kernels compute.
   */
  readonly variants: {readonly [name: string]: Flags};
  /**
   * Variants that a host does not run, because they show nothing there that is not shown elsewhere.
   */
  readonly variantsLeftOut?: {readonly [H in Host]?: readonly string[]};
  /** Whether it reads flags only when it starts, so that each suite must start it again. */
  readonly startsAnew: boolean;

  /** docs/numerics.md. */
  readonly promises: Promises;
  /** With label smoothing, where two terms of a gradient may cancel. */
  readonly smoothedPromises: Promises;
  /**
   * The answer to a label outside [0, classes) that a kernel has made: TensorFlow's error, or NaN
   * in its row.
   */
  readonly badLabel: 'throws' | 'NaN';

  /** Whether tf.js's own kernels pass the engine's check of each kernel. */
  readonly checksOwnKernels: boolean;
  /** Lets go of what it holds until later, before memory is counted. */
  readonly settle?: () => void;

  /** Where npm run bench and npm run fuzz run it. */
  readonly place: 'process' | 'page';

  /** Its row in the table of docs/backends.md. */
  readonly docs: {
    readonly backend: string;
    readonly computes: string;
    readonly precision: string;
    readonly where: string;
  };
}
