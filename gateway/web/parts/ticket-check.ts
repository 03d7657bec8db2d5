/** “Check this ticket”: fetches the certificate and what it is held against, and shows what the browser found. */
import { get, pathTo } from '../api.js';
import { button, el } from '../dom.js';
import { readCertificate } from '../proof/certificate.js';
import { verify, type Evidence } from '../proof/verify.js';
import { partsOfTicket } from '../format.js';
import type { Committee, OrganizationWithKeys, RegisteredKey, Ticket } from '../resources.js';
import { problemView } from './problem.js';
import { proofView, type RestsOn } from './proof.js';

export function ticketCheck(ticket: Ticket, signal: AbortSignal): HTMLElement {
  const result = el('div', { 'aria-live': 'polite' });
  const run = async () => {
    check.disabled = true;
    result.replaceChildren(el('p', { class: 'loading' }, 'Fetching the certificate and verifying its signatures…'));
    try {
      const evidence = await evidenceFor(ticket, signal);
      result.replaceChildren(proofView(await verify(evidence), evidence.shown.state, restsOn(evidence)));
    } catch (error) {
      result.replaceChildren(problemView(error, 2));
    }
    check.disabled = false;
  };
  const check = button('Check this ticket', () => void run(), { class: 'primary' });
  const about = el(
    'p',
    {},
    'Your browser fetches the certificate and verifies every signature in it by itself, from the organizer’s key to the holder.',
  );
  return el(
    'section',
    { class: 'check' },
    el('h2', {}, 'Is it genuine?'),
    about,
    el('p', { class: 'actions' }, check),
    result,
  );
}

const restsOn = ({ shown, seller, registry }: TicketEvidence): RestsOn => ({
  organizations: [...new Set([shown.ticket.slice(0, shown.ticket.indexOf(':')), seller])],
  epoch: registry.committee?.epoch,
});

interface TicketEvidence extends Evidence {
  readonly seller: string;
}

/** The ticket is asked for again: the certificate must agree with the ledger of this moment. */
async function evidenceFor({ ticket }: Ticket, signal: AbortSignal): Promise<TicketEvidence> {
  const [certificate, shown] = await Promise.all([
    get<unknown>(pathTo('tickets', ticket, 'certificate'), signal),
    get<Ticket>(pathTo('tickets', ticket), signal),
  ]);
  const { event } = partsOfTicket(ticket);
  const keys = async (mspId: string | undefined): Promise<readonly RegisteredKey[]> =>
    mspId === undefined ? [] : (await get<OrganizationWithKeys>(pathTo('organizations', mspId), signal)).keys;
  const { seller } = await get<{ seller: string }>(pathTo('events', event, 'allotments', shown.allotment), signal);
  const [organizer, sellers, committee] = await Promise.all([
    keys(event.split(':')[0]),
    keys(seller),
    committeeFor(certificate, signal),
  ]);
  return { certificate, shown, seller, registry: { organizer, seller: sellers, committee } };
}

/** Whom the ledger has as the committee of the epoch that the certificate names. */
async function committeeFor(certificate: unknown, signal: AbortSignal): Promise<Committee | undefined> {
  const epoch = readCertificate(certificate)?.credentials?.committee.epoch;
  return epoch === undefined ? undefined : get<Committee>(`/v1/committee?epoch=${epoch}`, signal);
}
