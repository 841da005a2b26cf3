import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type Chart, isolated, stacked } from './chart.ts';
import { colourOf } from './palette.ts';

/** A drawn chart. */
export interface Plot {
  /** Of the same lines, with other values. */
  update(chart: Chart): void;
  /** In CSS pixels. */
  resize(width: number): void;
  destroy(): void;
}

export interface PlotOptions {
  readonly width: number;
  readonly height: number;
  /** IANA; the time axis is divided by its days and hours. */
  readonly timezone: string;
  /** A time of the axis, in epoch seconds; `step` is the time from one to the next. */
  readonly writeTime: (seconds: number, step: number) => string;
  /** Which of the times the pointer is at; undefined for none. */
  readonly onCursor: (index: number | undefined) => void;
}

/** Draws a chart into an element. The only place that knows of uPlot, and loaded when the first chart is. */
export function plot(host: HTMLElement, chart: Chart, options: PlotOptions): Plot {
  let shown = chart;
  const made = new uPlot(
    optionsOf(host, () => shown, options),
    dataOf(chart),
    host,
  );
  return {
    update(next) {
      shown = next;
      made.setData(dataOf(next));
    },
    resize: (width) => made.setSize({ width, height: options.height }),
    destroy: () => made.destroy(),
  };
}

/** Stacked bars are drawn from the highest sum down, each over the one before. */
function dataOf({ times, lines, scale }: Chart): uPlot.AlignedData {
  const values = scale === 'stacked' ? stacked(lines).reverse() : lines.map((line) => [...line.values]);
  return [[...times], ...values];
}

function optionsOf(host: HTMLElement, chart: () => Chart, options: PlotOptions): uPlot.Options {
  const { width, height, timezone, writeTime, onCursor } = options;
  const { lines, scale, group } = chart();
  const drawn = scale === 'stacked' ? [...lines].reverse() : lines;
  const [line, muted] = [colourOf(host, '--line'), colourOf(host, '--muted')];
  const axis: uPlot.Axis = {
    stroke: muted,
    font: '12px "Inter Variable", system-ui, sans-serif',
    grid: { stroke: line, width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    padding: [10, 22, 0, 0],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), timezone),
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 7 },
      sync: { key: group, setSeries: false },
    },
    scales: { x: { range: () => [...chart().range] }, y: scaleOf(chart) },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 28,
        space: 72,
        values: (_plot, splits, _axis, _space, step) => splits.map((time) => writeTime(time, step)),
      },
      { ...axis, size: scale === 'levels' ? 76 : 68, space: 32, ...valuesOf(chart) },
    ],
    series: [{}, ...drawn.map((each) => seriesOf(host, each))],
    hooks: { setCursor: [({ cursor: { idx } }) => onCursor(idx ?? undefined)] },
  };
}

function scaleOf(chart: () => Chart): uPlot.Scale {
  switch (chart().scale) {
    case 'percent':
      return { range: [0, 100] };
    case 'levels':
      return { range: [0, 3] };
    case 'log':
      return { distr: 3, range: (_plot, min, max) => logRange(min, max) };
    case 'zero':
    case 'stacked':
      return { range: (_plot, _min, max) => [0, max > 0 ? max * 1.1 : 1] };
  }
}

/** Whole powers of ten, at least one. Without a value the bounds are null, whatever the types say. */
function logRange(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null || min <= 0) return [0.1, 100];
  const low = Math.floor(Math.log10(min));
  return [10 ** low, 10 ** Math.max(low + 1, Math.ceil(Math.log10(max)))];
}

function valuesOf(chart: () => Chart): Pick<uPlot.Axis, 'values' | 'splits'> {
  const write = (value: number | null) => (value === null ? null : chart().write(value));
  const values: uPlot.Axis.DynamicValues = (_plot, splits) => splits.map(write);
  switch (chart().scale) {
    case 'levels':
      return { values, splits: [1, 2, 3] };
    case 'percent':
      return { values, splits: [0, 25, 50, 75, 100] };
    case 'log':
      return {
        values,
        splits: (_plot, _axis, min, max) => {
          const [low, high] = [Math.round(Math.log10(min)), Math.round(Math.log10(max))];
          return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
        },
      };
    default:
      return { values };
  }
}

function seriesOf(host: HTMLElement, { label, colour, shape }: Chart['lines'][number]): uPlot.Series {
  const stroke = colourOf(host, colour);
  if (shape === 'bars')
    return {
      label,
      stroke,
      fill: stroke,
      width: 0,
      points: { show: false },
      ...(uPlot.paths.bars && { paths: uPlot.paths.bars({ size: [0.86, 28], align: 1 }) }),
    };
  return {
    label,
    stroke,
    width: 2,
    points: {
      show: true,
      size: 5,
      fill: stroke,
      filter: ({ data }, index) => isolated([...(data[index] ?? [])]),
    },
    ...(shape === 'dashed' && { dash: [6, 5] }),
    ...(shape === 'area' && { fill: faint(stroke) }),
  };
}

/** The same colour, hardly there. */
function faint(colour: string): string {
  return colour.replace(/^rgb\((.*)\)$/, 'rgba($1, 0.12)');
}
