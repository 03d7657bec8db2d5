/** Pages by the fragment of the address (`#/events/…`): deep links and the back button work, and the server needs to know nothing of it. */
import { el } from './dom.js';
import { problemView } from './parts/problem.js';
import { match, segmentsOf, type Routes } from './routes.js';

export interface Page {
  readonly title: string;
  readonly content: readonly Node[];
}

export interface Visit {
  /** Aborted when the visitor goes elsewhere. */
  readonly signal: AbortSignal;
}

export type Show = (parameters: readonly string[], visit: Visit) => Promise<Page>;

const PATIENCE_MS = 150;

export function startRouter(routes: Routes<Show>, main: HTMLElement): void {
  let leave = new AbortController();
  const go = () => {
    leave.abort();
    leave = new AbortController();
    void show(routes, main, { signal: leave.signal });
    markCurrent();
  };
  window.addEventListener('hashchange', () => {
    go();
    window.scrollTo(0, 0);
  });
  main.addEventListener('retry', go);
  go();
}

async function show(routes: Routes<Show>, main: HTMLElement, visit: Visit): Promise<void> {
  const patience = setTimeout(() => {
    if (!visit.signal.aborted) main.replaceChildren(el('p', { class: 'loading', role: 'status' }, 'Loading…'));
  }, PATIENCE_MS);
  main.setAttribute('aria-busy', 'true');
  const page = await pageAt(routes, visit);
  clearTimeout(patience);
  if (visit.signal.aborted) return;
  main.removeAttribute('aria-busy');
  main.replaceChildren(...page.content);
  document.title = page.title === 'Guichet' ? page.title : `${page.title} · Guichet`;
  // Screen readers then begin with the new page; a page that chose a field of its own keeps it.
  if (!main.contains(document.activeElement) || document.activeElement === main) main.focus({ preventScroll: true });
}

async function pageAt(routes: Routes<Show>, visit: Visit): Promise<Page> {
  try {
    const { show: found, parameters } = match(routes, segmentsOf(location.hash));
    return await found(parameters, visit);
  } catch (error) {
    return { title: 'Problem', content: [problemView(error)] };
  }
}

function markCurrent(): void {
  const [first = ''] = location.hash.slice(2).split('/');
  const area = first === 'events' ? '' : first;
  for (const anchor of document.querySelectorAll<HTMLAnchorElement>('nav a')) {
    if (anchor.getAttribute('href') === `#/${area}`) anchor.setAttribute('aria-current', 'page');
    else anchor.removeAttribute('aria-current');
  }
}
