/** What went wrong, with the code and the field that the gateway names. */
import { Problem, type ProblemDocument } from '../api.js';
import { button, el, facts, link, type Child } from '../dom.js';
import { mono } from '../format.js';

export function problemView(error: unknown): HTMLElement {
  const { code, title, detail, field, instance } = documentOf(error);
  const rows: (readonly [string, ...Child[]])[] = [['Code', mono(code)]];
  if (field !== undefined) rows.push(['Field', mono(field)]);
  if (instance !== undefined) rows.push(['Request', mono(instance)]);
  const again = button('Try again', () => again.dispatchEvent(new CustomEvent('retry', { bubbles: true })));
  return el(
    'section',
    { class: 'problem', role: 'alert' },
    el('h1', {}, title),
    el('p', {}, detail),
    facts(rows),
    el('p', { class: 'actions' }, again, ' ', link([], 'Back to the season')),
  );
}

function documentOf(error: unknown): ProblemDocument {
  if (error instanceof Problem) return error.document;
  if (error instanceof RangeError || error instanceof URIError)
    return { code: 'NO_SUCH_PAGE', title: 'There is no such page', detail: 'The address does not name a page of this window.' };
  console.error(error);
  return { code: 'PAGE_ERROR', title: 'This page has a fault', detail: error instanceof Error ? error.message : String(error) };
}
