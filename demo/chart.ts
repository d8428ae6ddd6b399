/** A uPlot chart in the colours of the page, as wide as its element. */
import uPlot from 'uplot';

export interface ChartOptions {
  readonly x: string;
  readonly y: string;
  /** One name per curve; the first is ours. */
  readonly curves: readonly string[];
  /** Both axes logarithmic, a line of the grid for each power of ten. */
  readonly isLogLog?: boolean;
  /** The ends of an axis that shall not follow the data. */
  readonly xRange?: () => [number, number];
  readonly yRange?: () => [number, number];
}

export type Points = readonly (number | null)[];

const HEIGHT = 220;
const FONT = '12px system-ui, sans-serif';
/** Curves differ without colours too. */
const STYLES = [{color: '--accent'}, {color: '--other', dash: [6, 4]}];

const isDark = matchMedia('(prefers-color-scheme: dark)');
const colorOf = (name: string) => getComputedStyle(document.body).getPropertyValue(name);
const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumSignificantDigits: 3});

export class Chart {
  private readonly plot: uPlot;

  constructor(
    private readonly parent: HTMLElement,
    {x, y, curves, isLogLog = false, xRange, yRange}: ChartOptions,
  ) {
    const axis = (label: string, size: number): uPlot.Axis => ({
      label,
      size,
      labelSize: 18,
      labelFont: FONT,
      font: FONT,
      stroke: () => colorOf('--text'),
      grid: {stroke: () => colorOf('--line'), width: 1},
      ticks: {show: false},
      values: (_, splits) => splits.map((split) => compact.format(split)),
      ...(isLogLog && {splits: powersOfTen, filter: (_, splits) => splits}),
    });
    const scale = (range: uPlot.Range.Function) =>
      ({time: false, distr: isLogLog ? 3 : 1, range}) as const;
    this.plot = new uPlot(
      {
        ...this.size(),
        scales: {
          x: scale(xRange ?? ((_, min, max) => [min, max])),
          y: scale(yRange ?? (isLogLog ? fromDecade : fromZero)),
        },
        axes: [axis(x, 28), axis(y, 48)],
        series: [
          {},
          ...curves.map((label, i) => ({
            label,
            stroke: () => colorOf(STYLES[i].color),
            dash: STYLES[i].dash,
            width: 2,
            points: {show: isLogLog, size: 7, fill: () => colorOf(STYLES[i].color)},
          })),
        ],
        legend: {show: curves.length > 1, live: false},
        cursor: {show: false},
      },
      [[], ...curves.map(() => [])],
      parent,
    );
    new ResizeObserver(() => this.plot.setSize(this.size())).observe(parent);
    isDark.addEventListener('change', () => this.plot.redraw());
  }

  /** Draws the curves; `description` tells screen readers what they show. */
  draw(x: readonly number[], curves: readonly Points[], description: string): void {
    this.plot.setData([[...x], ...curves.map((points) => [...points])]);
    this.parent.setAttribute('aria-label', description);
  }

  private size() {
    return {width: this.parent.clientWidth, height: HEIGHT};
  }
}

function fromZero(_: uPlot, min: number, max: number): [number, number] {
  return [Math.min(0, min), max * 1.05];
}

/** From the power of ten below to a little more than the data. */
function fromDecade(_: uPlot, min: number, max: number): [number, number] {
  return [10 ** Math.floor(Math.log10(min)), max * 1.3];
}

function powersOfTen(_: uPlot, __: number, min: number, max: number): number[] {
  const low = Math.ceil(Math.log10(min) - 1e-9);
  const count = Math.floor(Math.log10(max) + 1e-9) - low + 1;
  return Array.from({length: count}, (_, i) => 10 ** (low + i));
}
