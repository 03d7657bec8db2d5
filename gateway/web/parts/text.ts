/** Times and ids as they stand in a line of text. */
import { el } from '../dom.js';

const WHEN = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Local time; UTC on hover. */
export function time(iso: string, precision: 'minutes' | 'seconds' = 'minutes'): HTMLTimeElement {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return el('time', {}, iso);
  const utc = `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return el('time', { datetime: iso, title: utc }, (precision === 'minutes' ? WHEN : EXACT).format(date));
}

/** A hash, a thumbprint or a transaction id, whole for whoever copies it. */
export const mono = (text: string): HTMLElement => el('code', { class: 'id' }, text);

/** The beginning of a long id, the whole of it on hover. */
export const short = (text: string, length = 12): HTMLElement =>
  el('code', { title: text }, text.length > length ? `${text.slice(0, length)}…` : text);
