/** Values as people read them: money, numbers, places. Pure. */

const COUNT = new Intl.NumberFormat();

/** @param minor an integer of the currency's minor units; written as a decimal text, because a quotient would be rounded */
export function money(minor: number, currency: string): string {
  const format = new Intl.NumberFormat(undefined, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 0;
  const text = String(minor).padStart(digits + 1, '0');
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return format.format(decimal as Intl.StringNumericLiteral);
}

export const count = (number: number): string => COUNT.format(number);

export const plural = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

/** floor:A:7 → floor, row A, seat 7; standing:118 → standing, place 118 */
export function placeWords(place: string): string {
  const [section = '', row = '', seat] = place.split(':');
  return seat === undefined ? `${section}, place ${row}` : `${section}, row ${row}, seat ${seat}`;
}

/** The ticket's event and place: the place is what follows the second colon. */
export function partsOfTicket(ticket: string): { readonly event: string; readonly place: string } {
  const parts = ticket.split(':');
  return { event: parts.slice(0, 2).join(':'), place: parts.slice(2).join(':') };
}
