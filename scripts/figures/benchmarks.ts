/** Reads the tables of docs/benchmarks.md. */
import {readFileSync} from 'node:fs';

const page = readFileSync('docs/benchmarks.md', 'utf8');

/** The backends, in the order of the README's table. */
export const backendNames = ['cpu', 'wasm', 'webgl', 'webgpu', 'tensorflow'] as const;

type Mode = 'Forward' | 'Forward + gradient';

/** One-hot beside this package, by one row of a table each. */
export interface Comparison {
  /** Time of one-hot over ours. */
  readonly timesAsFast: number;
  /** Peak memory in multiples of the logits. */
  readonly memory: {readonly oneHot: number; readonly ours: number};
}

/** The page's figures for a shape such as '[1024, 1000]', or undefined if it is not measured. */
export function compare(backend: string, mode: Mode, shape: string): Comparison | undefined {
  const rows = rowsOf(backend, mode).filter((row) => row['[batch, classes]'] === shape);
  const rowOf = (contestant: string) => rows.find((row) => row.contestant === contestant);
  const [ours, oneHot] = [rowOf('ours'), rowOf('(a) tf.losses')];
  if (ours === undefined || oneHot === undefined) return undefined;
  return {
    timesAsFast: numberOf(oneHot['median ms']) / numberOf(ours['median ms']),
    memory: {
      oneHot: numberOf(oneHot['peak / logits']),
      ours: numberOf(ours['peak / logits']),
    },
  };
}

/** A last layer with the fused loss, as shares of tf.matMul and the loss. */
export interface LastLayer {
  readonly time: number;
  readonly memory: number;
}

/**
 * With the gradient: the time of a backend's first layer, and the memory of the last, the largest.
 */
export function lastLayerOf(backend: string): LastLayer {
  const rows = rowsOf(`${backend}, last layer`, 'Forward + gradient');
  const [plain, fused] = ['matMul and the loss', 'linear'].map((name) =>
    rows.filter(({contestant}) => contestant === name),
  );
  return {
    time: numberOf(fused[0]['time / plain']),
    memory: numberOf(fused.at(-1)!['peak MB']) / numberOf(plain.at(-1)!['peak MB']),
  };
}

function sectionOf(title: string): string {
  const section = page.split(/^## Backend /m).find((text) => text.startsWith(`${title}\n`));
  if (section === undefined) throw new Error(`docs/benchmarks.md has no section ${title}.`);
  return section;
}

type Row = Readonly<Record<string, string>>;

/** The rows of one table by column. The page has a shape only in the first of its rows. */
function rowsOf(section: string, mode: Mode): Row[] {
  const part = sectionOf(section)
    .split(/^### /m)
    .find((text) => text.startsWith(`${mode}\n`));
  if (part === undefined) throw new Error(`docs/benchmarks.md has no ${mode} of ${section}.`);
  const [columns, , ...rows] = part
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  let shape = '';
  return rows.map((cells) => {
    shape = cells[0] || shape;
    return Object.fromEntries(columns.map((column, i) => [column, i === 0 ? shape : cells[i]]));
  });
}

/** '75.3x' and '1573' as numbers. */
const numberOf = (text: string) => Number(text.replace(/x$/, ''));
