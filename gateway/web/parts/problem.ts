/** What went wrong, with the code and the field that the gateway names. */
import { Problem, type ProblemDocument } from '../api.js';
import { button, el, facts, link, type Child } from '../dom.js';
import { mono } from './text.js';

/** Where a plain sentence helps more than the gateway's own. */
const HINTS: Readonly<Record<string, string>> = {
  UNKNOWN_TICKET: 'No ticket was ever sold for this place, or there is no such place.',
  UNKNOWN_EVENT: 'No organizer has created an event with this id.',
  UNKNOWN_LISTING: 'This ticket was never offered for resale.',
  UNKNOWN_ALLOTMENT: 'The event has no allotment with this name.',
  UNKNOWN_ORGANIZATION: 'The consortium has no organization with this id.',
  NOT_FOUND: 'The ledger has nothing under this name, or not yet.',
};

/** @param level of the heading: 2 below a page's own */
export function problemView(error: unknown, level: 1 | 2 = 1): HTMLElement {
  const { code, title, detail, field, instance } = documentOf(error);
  const rows: (readonly [string, ...Child[]])[] = [['Code', mono(code)]];
  if (field !== undefined) rows.push(['Field', mono(field)]);
  if (HINTS[code] !== undefined) rows.push(['Answer', detail]);
  if (instance !== undefined) rows.push(['Request', mono(instance)]);
  const again = button('Try again', () => again.dispatchEvent(new CustomEvent('retry', { bubbles: true })));
  return el(
    'section',
    { class: 'problem', role: 'alert' },
    el(level === 1 ? 'h1' : 'h2', {}, title),
    el('p', {}, HINTS[code] ?? detail),
    facts(rows),
    el('p', { class: 'actions' }, again, ' ', link([], 'Back to the season')),
  );
}

/** Shows below what is there why something more did not come. */
export async function orProblem(work: Promise<unknown>, place: Element): Promise<void> {
  try {
    await work;
  } catch (error) {
    place.append(problemView(error, 2));
  }
}

function documentOf(error: unknown): ProblemDocument {
  if (error instanceof Problem) return error.document;
  if (error instanceof RangeError || error instanceof URIError)
    return {
      code: 'NO_SUCH_PAGE',
      title: 'There is no such page',
      detail: 'The address does not name a page of this window.',
    };
  // Whoever left a page does not wait for its answers.
  if (!(error instanceof DOMException && error.name === 'AbortError')) console.error(error);
  return {
    code: 'PAGE_ERROR',
    title: 'This page has a fault',
    detail: error instanceof Error ? error.message : String(error),
  };
}
