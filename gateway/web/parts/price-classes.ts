/** An event's allotments by price class. */
import { el } from '../dom.js';
import { count } from '../format.js';
import type { Allotment, Event } from '../resources.js';
import { allotmentCard, priceWords } from './allotment-card.js';
import type { InView } from './in-view.js';

/** By class and price: two sellers may have different fees in one class. */
export function priceClasses(event: Event, allotments: readonly Allotment[], inView: InView): readonly Node[] {
  if (allotments.length === 0) return [el('p', { class: 'empty' }, 'No places have been given to a seller yet.')];
  const classes = new Map<string, Allotment[]>();
  for (const allotment of allotments) {
    const words = `${allotment.priceClass} ${priceWords(allotment, event.currency)}`;
    classes.set(words, [...(classes.get(words) ?? []), allotment]);
  }
  return Array.from(classes, ([words, members]) => {
    const cards = members.map((allotment) => allotmentCard(event, allotment, inView));
    const places = members.reduce((sum, allotment) => sum + allotment.places, 0);
    const name = members[0]?.priceClass ?? '';
    return el(
      'section',
      { class: 'price-class' },
      el(
        'h3',
        {},
        el('span', { class: 'class-name' }, name),
        ' ',
        el('span', { class: 'price' }, words.slice(name.length + 1)),
      ),
      el('p', { class: 'quiet' }, `${count(places)} places`),
      el('ul', { class: 'grid' }, ...cards),
    );
  });
}
