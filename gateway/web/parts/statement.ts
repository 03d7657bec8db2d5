/** A signed statement taken apart: header, payload, and the bytes as they are on the ledger. */
import { el } from '../dom.js';
import { read, type Statement } from '../proof/jws.js';
import { membersView } from './value.js';

/** @returns undefined where the text is no signed statement */
export function statementIn(value: unknown): Statement | undefined {
  return typeof value === 'string' ? read(value) : undefined;
}

export function statementView(title: string, { compact, header, payload }: Statement): HTMLElement {
  const typ = typeof header.typ === 'string' ? header.typ : '?';
  return el(
    'details',
    { class: 'statement' },
    el('summary', {}, title, ' ', el('code', {}, typ)),
    el('h4', {}, 'Header'),
    membersView(header),
    el('h4', {}, 'Payload'),
    membersView(payload),
    el('h4', {}, 'As signed'),
    el('pre', {}, compact),
  );
}
