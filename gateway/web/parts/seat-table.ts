/** The map as a table: for screen readers, keyboards and whoever counts. */
import { el, link, table, type Child } from '../dom.js';
import { numbersIn, placeId, rangeWords, type Row } from '../seats.js';

/** Beyond this a list of links helps nobody. */
const MAX_LINKS = 400;

export function seatTable(event: string, section: string, rows: readonly Row[]): HTMLElement {
  const sold = rows.reduce((sum, row) => sum + [...numbersIn(row.sold)].length, 0);
  const links = (row: Row): Child => {
    if (sold > MAX_LINKS || row.sold.length === 0) return rangeWords(row.sold);
    const anchors = Array.from(numbersIn(row.sold), (number) =>
      link(['tickets', `${event}:${placeId(section, row.label, number)}`], number),
    );
    return el('span', {}, ...anchors.flatMap((anchor, index) => (index === 0 ? [anchor] : [', ', anchor])));
  };
  return table(
    `Places of ${section}`,
    ['Row', 'Free', 'Sold: opens the ticket'],
    rows.map((row) => [row.label ?? 'all', rangeWords(row.free), links(row)]),
  );
}
