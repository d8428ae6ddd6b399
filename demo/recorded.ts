/**
 * The figures of docs/benchmarks.md that the pages show. The build reads them; nobody types them.
 */
import type {ContestantName} from '../bench/contestants';
import type {LayerContestant} from '../bench/linear/layer';

export interface Recorded {
  readonly losses: readonly RecordedLoss[];
  readonly lastLayer: RecordedLayer;
}

/** Where and when a section was measured. */
export interface Setting {
  readonly backend: string;
  /** As 2026-11-28. */
  readonly date: string;
  /** Node or the browser, with its graphics card. */
  readonly place: string;
  readonly machine: string;
}

/** Loss and gradient of one shape, by one-hot labels and by ours. */
export interface RecordedLoss extends Setting {
  readonly batch: number;
  readonly classes: number;
  readonly oneHot: {readonly ms: number; readonly bytes: number};
  readonly ours: {readonly ms: number; readonly bytes: number};
}

/** Memory of a last layer, its loss and its gradients. */
export interface RecordedLayer extends Setting {
  readonly tokens: number;
  readonly classes: number;
  readonly withLogitsBytes: number;
  readonly fusedBytes: number;
}

const ONE_HOT: ContestantName = '(a) tf.losses';
const OURS: ContestantName = 'ours';
const WITH_LOGITS: LayerContestant['name'] = 'matMul and the loss';
const FUSED: LayerContestant['name'] = 'linear';

/** The table of each section that the pages show. */
export const MODE = 'Forward + gradient';

/** A line of a table, by the names of its columns. */
type Row = {readonly [column: string]: string};

/**
 * @param markdown docs/benchmarks.md
 * @throws Error if a table that the pages need is not there.
 */
export function recordedIn(markdown: string): Recorded {
  const losses: RecordedLoss[] = [];
  const layers: RecordedLayer[] = [];
  for (const section of markdown.split(/^## Backend /m).slice(1)) {
    const [title, ...lines] = section.split('\n');
    const [date, place, machine] = lines
      .filter((line) => line.startsWith('- '))
      .map((line) => line.slice(2));
    const setting = {backend: title.split(',')[0], date, place, machine};
    for (const [shape, rows] of shapesOf(section)) {
      const of = (name: string) => rows.find(({contestant}) => contestant === name);
      const [batch, classes] = [shape[0], shape[shape.length - 1]];
      const [oneHot, ours, withLogits, fused] = [ONE_HOT, OURS, WITH_LOGITS, FUSED].map(of);
      if (oneHot && ours) {
        losses.push({...setting, batch, classes, oneHot: costOf(oneHot), ours: costOf(ours)});
      } else if (withLogits && fused) {
        const [withLogitsBytes, fusedBytes] = [withLogits, fused].map((row) => costOf(row).bytes);
        if (withLogitsBytes > 0 && fusedBytes > 0) {
          layers.push({...setting, tokens: batch, classes, withLogitsBytes, fusedBytes});
        }
      }
    }
  }
  const lastLayer = layers.sort((a, b) => b.withLogitsBytes - a.withLogitsBytes)[0];
  if (losses.length === 0)
    throw new Error(`docs/benchmarks.md has no “${ONE_HOT}” beside “${OURS}”.`);
  if (lastLayer === undefined)
    throw new Error(`docs/benchmarks.md has no “${WITH_LOGITS}” beside “${FUSED}”.`);
  return {losses, lastLayer};
}

/** Rows of that table, by the numbers of their shape. */
function shapesOf(section: string): [readonly number[], Row[]][] {
  const [, part = ''] = section.split(`### ${MODE}`);
  const [head, , ...body] = part
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  const shapes: [readonly number[], Row[]][] = [];
  for (const cells of body) {
    if (cells[0] !== '') shapes.push([cells[0].match(/\d+/g)!.map(Number), []]);
    shapes.at(-1)![1].push(Object.fromEntries(cells.map((cell, i) => [head[i], cell])));
  }
  return shapes;
}

const costOf = (row: Row) => ({ms: Number(row['median ms']), bytes: 1e6 * Number(row['peak MB'])});
