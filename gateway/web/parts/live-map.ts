/** A section's map with its counts and its table, drawn anew with every answer. */
import { el } from '../dom.js';
import { count } from '../format.js';
import type { Allotment, Availability } from '../resources.js';
import { has, placeId, rowsOf, sectionOf } from '../seats.js';
import { drawSection, type Drawing } from './seat-map.js';
import { seatTable } from './seat-table.js';

export class LiveMap {
  readonly status = el('p', { class: 'as-of' });
  readonly #stage = el('div', { class: 'stage' });
  readonly #counts = el('p', { class: 'legend' });
  readonly #pointed = el('p', { class: 'pointed quiet' });
  readonly #table = el('details', { class: 'as-table' }, el('summary', {}, 'The same as a table'));
  readonly #event: string;
  readonly #allotment: Allotment;
  readonly #hint: string;

  constructor(event: string, allotment: Allotment) {
    this.#event = event;
    this.#allotment = allotment;
    this.#hint = 'Point at a place to see its name; a sold one opens its ticket.';
    this.#pointed.textContent = this.#hint;
  }

  get nodes(): readonly Node[] {
    return [this.#counts, this.#stage, this.#pointed, this.#table];
  }

  asOf(text: string, answering: boolean): void {
    this.status.textContent = answering ? text : `${text || this.status.textContent}, and no answer since`;
  }

  show(availability: Availability): void {
    const rows = rowsOf(this.#allotment, availability);
    const drawing = drawSection(rows, 'large');
    this.#follow(drawing);
    this.#stage.replaceChildren(drawing.map);
    const { places, free, sold } = availability;
    const key = (name: string, text: string) => el('span', { class: `key ${name}` }, text);
    this.#counts.replaceChildren(
      key('free', `${count(free)} free`),
      key('sold', `${count(sold)} sold`),
      `${count(places)} places`,
    );
    this.#table.querySelector('.scroll')?.remove();
    this.#table.append(seatTable(this.#event, sectionOf(this.#allotment), rows));
  }

  #follow({ map, at }: Drawing): void {
    const named = (event: MouseEvent) => {
      const found = at(event);
      const section = sectionOf(this.#allotment);
      if (!found || !has(found.row.all, found.number)) return undefined;
      return { place: placeId(section, found.row.label, found.number), sold: has(found.row.sold, found.number) };
    };
    map.addEventListener('pointermove', (event) => {
      const found = named(event);
      this.#pointed.textContent = found ? `${found.place}: ${found.sold ? 'sold' : 'free'}` : this.#hint;
      map.classList.toggle('on-sold', found?.sold === true);
    });
    map.addEventListener('click', (event) => {
      const found = named(event);
      if (found?.sold) location.hash = `#/tickets/${this.#event}:${found.place}`;
    });
  }
}
