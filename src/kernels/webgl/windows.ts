/**
 * A window of a row is every `windows`-th of its texels: neighbouring fragments, a window each,
 * read neighbouring texels. So a few long rows keep many fragments busy.
 */

/** Reading so short a row again costs less than storing its statistics. */
export const FEW_CLASSES = 32;

/** Enough fragments to keep a GPU busy; the statistics of so many take 0.26 MB, 16 bytes each. */
const FRAGMENTS = 16384;

/**
 * A fragment reads at least so many logits where its rows have them, or it costs more than it does.
 */
const MIN_LOGITS = 64;

/** Windows are combined one after the other, so their number is limited. */
const MAX_WINDOWS = 512;

/** More fragments than FRAGMENTS come of more rows alone, one window each. */
export function windowsPerRow(batch: number, numClasses: number, rowsPerFragment: number): number {
  const most = FRAGMENTS / Math.ceil(batch / rowsPerFragment);
  const useful = (rowsPerFragment * numClasses) / MIN_LOGITS;
  return Math.max(1, Math.floor(Math.min(most, useful, MAX_WINDOWS)));
}
