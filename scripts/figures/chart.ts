/** The README's picture: time and memory of one-hot beside this package, a row for each backend. */
import {backendNames, compare} from './benchmarks';
import {times} from './table';

const SHAPE = '[256, 32000]';
const WIDTH = 760;
const ROW = 44;
const TOP = 64;
const BAR = 13;
const PANELS = {time: {x: 96, length: 250}, memory: {x: 456, length: 230}};

export const themes = {
  light: {text: '#1f2328', faint: '#59636e', oneHot: '#9a6700', ours: '#0969da'},
  dark: {text: '#e6edf3', faint: '#9198a1', oneHot: '#d29922', ours: '#4493f8'},
};
type Theme = (typeof themes)[keyof typeof themes];

export function chart(theme: Theme): string {
  const rows = backendNames.map((backend) => {
    const comparison = compare(backend, 'Forward + gradient', SHAPE);
    if (comparison === undefined) throw new Error(`${SHAPE} is not measured on ${backend}.`);
    return {backend, ...comparison};
  });
  const longest = {
    time: Math.max(...rows.map(({timesAsFast}) => timesAsFast)),
    memory: Math.max(...rows.map(({memory}) => memory.oneHot)),
  };

  /** A bar, and its value behind it. */
  const bar = (panel: keyof typeof PANELS, y: number, value: number, color: string) => {
    const {x, length} = PANELS[panel];
    const end = Math.max(2, Math.round((value / longest[panel]) * length));
    return [
      `<rect x="${x}" y="${y}" width="${end}" height="${BAR}" rx="2" fill="${color}"/>`,
      text(x + end + 6, y + BAR - 2, times(value), theme.text),
    ].join('\n');
  };
  const height = TOP + rows.length * ROW + 4;
  const parts = rows.map(({backend, timesAsFast, memory}, i) => {
    const y = TOP + i * ROW;
    return [
      text(PANELS.time.x - 10, y + BAR + 5, backend, theme.text, 'text-anchor="end"'),
      bar('time', y, timesAsFast, theme.oneHot),
      bar('time', y + BAR + 2, 1, theme.ours),
      bar('memory', y, memory.oneHot, theme.oneHot),
      bar('memory', y + BAR + 2, memory.ours, theme.ours),
    ].join('\n');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img">
<title>${titleOf(rows)}</title>
${text(PANELS.time.x, 16, `Time of loss and gradient, ${SHAPE}`, theme.text, 'font-weight="600"')}
${text(PANELS.time.x, 32, 'as a multiple of this package', theme.faint)}
${text(PANELS.memory.x, 16, 'Memory at the peak', theme.text, 'font-weight="600"')}
${text(PANELS.memory.x, 32, 'as a multiple of the logits', theme.faint)}
${key(PANELS.time.x, 'tf.oneHot and tf.losses.softmaxCrossEntropy', theme.oneHot, theme)}
${key(PANELS.memory.x, 'this package', theme.ours, theme)}
${parts.join('\n')}
</svg>
`;
}

const key = (x: number, name: string, color: string, theme: Theme) =>
  `<rect x="${x}" y="42" width="10" height="10" rx="2" fill="${color}"/>
${text(x + 16, 51, name, theme.text)}`;

const text = (x: number, y: number, words: string, color: string, more = '') =>
  `<text x="${x}" y="${y}" fill="${color}"${more && ` ${more}`}>${words}</text>`;

/** For screen readers: all numbers of the picture. */
function titleOf(
  rows: ReadonlyArray<{backend: string} & NonNullable<ReturnType<typeof compare>>>,
): string {
  const lines = rows.map(
    ({backend, timesAsFast, memory}) =>
      `${backend}: one-hot takes ${times(timesAsFast)} the time, and ${times(memory.oneHot)} the logits in memory where this package takes ${times(memory.ours)}`,
  );
  return `${lines.join('; ')}.`;
}
