/** Enough fragments to keep a GPU busy; their statistics take 16 bytes each, 0.26 MB in all. */
const FRAGMENTS = 16384;

/** A fragment reads at least so many texels, or it would cost more than it does. */
const MIN_TEXELS = 16;

/** Whoever puts the windows of a row together reads them one after the other. */
const MAX_WINDOWS = 512;

/** Into how many windows each row is cut, so that few long rows are read by many fragments. */
export function windowsPerRow(batch: number, numClasses: number): number {
  const rowPairs = Math.ceil(batch / 2);
  const texels = Math.ceil(numClasses / 2);
  return Math.min(Math.ceil(FRAGMENTS / rowPairs), Math.ceil(texels / MIN_TEXELS), MAX_WINDOWS);
}
