/** The `callbacks` of `fit` and `fitDataset`, with hooks that run before those of the user. */
import type {Scalar} from '@tensorflow/tfjs-core';

/** The logs of an epoch. */
export interface Logs {
  [name: string]: number | Scalar;
}

/** A `tf.Callback`, or an object of functions such as `{onEpochEnd}`. */
export interface Callback {
  onEpochBegin?(epoch: number, logs?: Logs): unknown;
  onEpochEnd?(epoch: number, logs?: Logs): unknown;
}

/** One callback or several, all of the same kind. */
export type Callbacks = Callback | Callback[];

/** The hooks that run at each epoch, before the user's callbacks. */
export interface EpochHooks {
  onEpochBegin(): void;
  onEpochEnd(logs: Logs): Promise<void>;
}

/**
 * tf.layers takes instances of `tf.Callback` or objects of functions, and looks at the first one to
 * know which. A proxy of the first one is of the same kind. So this needs no class of tf.layers,
 * which the package does not import.
 */
export function withEpochHooks(callbacks: Callbacks | undefined, hooks: EpochHooks): Callback[] {
  const [first = {}, ...rest]: Callback[] = [callbacks ?? []].flat();
  const hooked: Required<Callback> = {
    async onEpochBegin(epoch, logs) {
      hooks.onEpochBegin();
      await first.onEpochBegin?.(epoch, logs);
    },
    async onEpochEnd(epoch, logs = {}) {
      await hooks.onEpochEnd(logs);
      await first.onEpochEnd?.(epoch, logs);
    },
  };
  const proxy = new Proxy(first, {
    get(target, name) {
      if (name === 'onEpochBegin' || name === 'onEpochEnd') return hooked[name];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return [proxy, ...rest];
}
