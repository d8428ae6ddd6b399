/**
 * A window of a row is every `windows`-th of its columns: neighbouring threads, a window each, read
 * neighbouring numbers. So a few long rows keep many threads busy, and no thread waits for another.
 */

/** Reading so short a row again costs less than storing its statistics. */
export const FEW_CLASSES = 64;

/**
 * Enough threads to keep a GPU busy; the statistics of so many, three numbers each, take 0.3 MB.
 */
const THREADS = 24576;

/** A thread reads at least so many logits, or it costs more than it does. */
const MIN_COLUMNS = 16;

/** Windows are combined one after the other, so their number is limited. */
const MAX_WINDOWS = 256;

/** For the statistics: none for few classes, which need none. */
export function windowsPerRow(batch: number, numClasses: number): number {
  if (numClasses <= FEW_CLASSES) return 0;
  return Math.max(1, Math.floor(Math.min(THREADS / batch, numClasses / MIN_COLUMNS, MAX_WINDOWS)));
}

/** For the gradient, whose threads have more to read of a row than its logits. */
export function gradWindowsPerRow(numClasses: number): number {
  return Math.ceil(numClasses / MIN_COLUMNS);
}
