/** Enough fragments to keep a GPU busy; the statistics of so many take 0.26 MB, 16 bytes each. */
const FRAGMENTS = 16384;

/** A fragment reads at least so many texels where a row has them, or it costs more than it does. */
const MIN_TEXELS = 16;

/** Whoever puts the windows of a row together reads them one after the other. */
const MAX_WINDOWS = 512;

/**
 * Into how many windows each row is cut, so that few long rows are read by many fragments. More
 * fragments than FRAGMENTS come of more pairs of rows alone, one window each.
 */
export function windowsPerRow(batch: number, numClasses: number): number {
  const rowPairs = Math.ceil(batch / 2);
  const texels = Math.ceil(numClasses / 2);
  const windows = Math.floor(Math.min(FRAGMENTS / rowPairs, texels / MIN_TEXELS, MAX_WINDOWS));
  return Math.max(1, windows);
}
