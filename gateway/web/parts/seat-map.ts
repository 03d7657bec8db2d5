/** A section drawn: rows of dots, or one bar for a pool. Two paths for any number of seats, so that a hall is as light as a row. */
import { svg } from '../dom.js';
import { plural } from '../format.js';
import { numbersIn, type Range, type Row } from '../seats.js';

/** Units from one seat to the next. */
export const PITCH = 10;
const LABEL = 18;
const BAR_HEIGHT = 24;
const BAR_WIDTH = 1_000;

export interface Drawing {
  readonly map: SVGSVGElement;
  /** Which seat is where the pointer is. */
  readonly at: (event: MouseEvent) => { readonly row: Row; readonly number: number } | undefined;
}

export function drawSection(rows: readonly Row[], size: 'small' | 'large'): Drawing {
  const [first] = rows;
  return first?.label === undefined ? drawPool(first) : drawRows(rows, size);
}

function drawRows(rows: readonly Row[], size: 'small' | 'large'): Drawing {
  const lowest = Math.min(...rows.flatMap(({ all }) => all.map(([from]) => from)));
  const highest = Math.max(...rows.flatMap(({ all }) => all.map(([, to]) => to)));
  const margin = size === 'large' ? LABEL : 0;
  const [width, height] = [(highest - lowest + 1) * PITCH + 2 * margin, rows.length * PITCH];
  const x = (number: number) => margin + (number - lowest + 0.5) * PITCH;
  const y = (row: number) => (row + 0.5) * PITCH;
  const dots = (pick: (row: Row) => readonly Range[]) =>
    rows.flatMap((row, index) => Array.from(numbersIn(pick(row)), (number) => `M${x(number)},${y(index)}h0`)).join('');
  const names = [LABEL / 2, width - LABEL / 2].flatMap((at) =>
    rows.map(({ label }, index) => svg('text', { x: at, y: y(index) }, label)),
  );
  const map = frame(rows, width, height);
  map.append(svg('path', { class: 'sold', d: dots(({ sold }) => sold) }));
  map.append(svg('path', { class: 'free', d: dots(({ free }) => free) }));
  if (size === 'large') {
    map.setAttribute('width', String(width * 2));
    map.append(...names);
  }
  return {
    map,
    at(event) {
      const point = pointIn(map, event);
      const row = rows[Math.floor(point.y / PITCH)];
      const number = Math.floor((point.x - margin) / PITCH) + lowest;
      return row && number >= lowest && number <= highest ? { row, number } : undefined;
    },
  };
}

function drawPool(row: Row | undefined): Drawing {
  const [from, to] = row?.all[0] ?? [1, 1];
  const scale = BAR_WIDTH / (to - from + 1);
  const bars = (ranges: readonly Range[], name: string) =>
    ranges.map(([first, last]) =>
      svg('rect', { class: name, x: (first - from) * scale, width: (last - first + 1) * scale, height: BAR_HEIGHT }),
    );
  const map = frame(row ? [row] : [], BAR_WIDTH, BAR_HEIGHT);
  map.classList.add('pool');
  map.setAttribute('preserveAspectRatio', 'none');
  map.append(...bars(row?.sold ?? [], 'sold'), ...bars(row?.free ?? [], 'free'));
  return {
    map,
    at(event) {
      const number = Math.floor(pointIn(map, event).x / scale) + from;
      return row && number >= from && number <= to ? { row, number } : undefined;
    },
  };
}

function frame(rows: readonly Row[], width: number, height: number): SVGSVGElement {
  const count = (pick: (row: Row) => readonly Range[]) =>
    rows.flatMap(pick).reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const [free, sold] = [count((row) => row.free), count((row) => row.sold)];
  const label = `${plural(free + sold, 'place')}: ${free} free, ${sold} sold`;
  return svg('svg', { class: 'seat-map', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label });
}

function pointIn(map: SVGSVGElement, { clientX, clientY }: MouseEvent): DOMPoint {
  return new DOMPoint(clientX, clientY).matrixTransform(map.getScreenCTM()?.inverse());
}
