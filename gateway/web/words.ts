/** The ledger's states and rules in plain words. */
import { el, type Child } from './dom.js';
import { plural } from './format.js';
import { time } from './parts/text.js';
import type { Event, GateName } from './resources.js';

export type Tone = 'good' | 'quiet' | 'bad' | 'wait';

export const badge = (text: string, tone: Tone): HTMLElement => el('span', { class: `badge ${tone}` }, text);

const TITLES: Readonly<Record<GateName, string>> = {
  sales: 'Sales',
  resale: 'Resale',
  transfers: 'Transfers',
  returns: 'Returns',
  refunds: 'Refund claims',
  doors: 'Doors',
  cancellation: 'Cancellation',
};

/**
 * The gates that the event has: some open only under rules or after changes that most events do not see; that it may still be cancelled is news when it
 * is over.
 */
export const gatesOf = ({ gates }: Event): readonly GateName[] =>
  (Object.keys(TITLES) as GateName[])
    .filter((name) => gates[name].closesAt !== undefined)
    .filter((name) => name !== 'cancellation' || gates.doors.state === 'closed');

export interface GateWords {
  readonly title: string;
  readonly badge: HTMLElement;
  readonly words: readonly Child[];
}

/** What the ledger says of a gate; it is the ledger's record that counts, not the clock. */
export function gateWords({ gates, state, policy, schedule }: Event, name: GateName): GateWords {
  const title = TITLES[name];
  const { state: gate, byOrganizer, opensAt = '', closesAt = '' } = gates[name];
  if (state === 'cancelled') return { title, badge: badge('cancelled', 'bad'), words: ['the event is cancelled'] };
  if (name === 'transfers' && policy.transfer === 'forbidden')
    return { title, badge: badge('none', 'quiet'), words: ['tickets may not be passed on'] };
  if (gate === 'open') return { title, badge: badge('open', 'good'), words: ['until ', time(closesAt)] };
  if (gate === 'pending') {
    const waits = name === 'resale' && policy.resaleOpensAfter === 'soldOut';
    const words = waits
      ? ['opens when all tickets are sold, at the latest ', time(schedule.salesCloseAt)]
      : ['opens ', time(opensAt)];
    return { title, badge: badge('not yet', 'wait'), words };
  }
  const words = byOrganizer ? ['stopped by the organizer'] : ['since ', time(closesAt)];
  return { title, badge: badge('closed', 'quiet'), words };
}

/** One badge for the whole event. */
export function eventBadge(event: Event): HTMLElement {
  if (event.state === 'cancelled') return badge('Cancelled', 'bad');
  if (event.gates.doors.state === 'open') return badge('Doors open', 'good');
  if (event.gates.sales.state === 'open') return badge('On sale', 'good');
  if (event.gates.sales.state === 'pending') return badge('Not on sale yet', 'wait');
  return badge(event.gates.doors.state === 'closed' ? 'Over' : 'Sales closed', 'quiet');
}

export function policyWords({ policy, gates }: Event): readonly (readonly Child[])[] {
  const limit = plural(policy.perPersonLimit.primary, 'ticket');
  const transfer: readonly Child[] =
    policy.transfer === 'allowed'
      ? ['A ticket may be passed on to another holder until ', time(gates.transfers.closesAt ?? ''), '; both sign.']
      : ['A ticket can’t be passed on to another holder.'];
  const who = policy.credentialRequired ? 'A person' : 'A buyer’s key';
  return [[`${who} may buy at most ${limit} from the sellers.`], transfer];
}

const STATES: Readonly<Record<string, readonly [string, Tone]>> = {
  sold: ['Valid', 'good'],
  listed: ['Valid: offered for resale', 'good'],
  admitted: ['Admitted: inside', 'good'],
  exited: ['Admitted: stepped out', 'wait'],
  returned: ['Returned to the seller', 'quiet'],
  refunded: ['Refunded', 'quiet'],
  void: ['Void', 'bad'],
};

export function ticketBadge(state: string): HTMLElement {
  const [text, tone] = STATES[state] ?? [state, 'quiet'];
  return badge(text, tone);
}

const DEEDS: Readonly<Record<string, string>> = {
  'ticket.sell': 'Sold',
  'ticket.transfer': 'Passed on to another holder',
  'ticket.list': 'Offered for resale',
  'ticket.unlist': 'Offer withdrawn',
  'listing.expire': 'Offer expired',
  'ticket.resell': 'Resold',
  'ticket.return': 'Returned to the seller',
  'ticket.refund': 'Given back for its price',
  'ticket.settle': 'What was due for it was credited',
  'ticket.void': 'Voided by the organizer',
};
const SCANS: Readonly<Record<string, string>> = {
  sold: 'Admission taken back at the door',
  admitted: 'Scanned at the door: inside',
  exited: 'Scanned at the door: outside',
};

/** What happened to a ticket, from the commands that did it and the state that they left. */
export function deed(commands: readonly string[], state: string): string {
  const words = commands.map((kind) => (kind === 'ticket.scan' ? SCANS[state] : DEEDS[kind]) ?? kind);
  return words.join(', then ') || state;
}
