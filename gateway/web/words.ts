/** The ledger's states and rules in plain words. */
import { el, type Child } from './dom.js';
import { plural } from './format.js';
import { time } from './parts/text.js';
import type { Event, GateName, Schedule } from './resources.js';

export type Tone = 'good' | 'quiet' | 'bad' | 'wait';

export const badge = (text: string, tone: Tone): HTMLElement => el('span', { class: `badge ${tone}` }, text);

export const GATES: readonly GateName[] = ['sales', 'transfers', 'doors'];
const TITLES: Readonly<Record<GateName, string>> = { sales: 'Sales', transfers: 'Transfers', doors: 'Doors' };

const windowOf: Readonly<Record<GateName, (schedule: Schedule) => readonly [opens: string, closes: string]>> = {
  sales: ({ salesOpenAt, salesCloseAt }) => [salesOpenAt, salesCloseAt],
  transfers: ({ salesOpenAt, transfersCloseAt }) => [salesOpenAt, transfersCloseAt],
  doors: ({ doorsOpenAt, endsAt }) => [doorsOpenAt, endsAt],
};

export interface GateWords {
  readonly title: string;
  readonly badge: HTMLElement;
  readonly words: readonly Child[];
}

/** What the ledger says of a gate; it is the ledger's record that counts, not the clock. */
export function gateWords({ gates, schedule, state, policy }: Event, name: GateName): GateWords {
  const title = TITLES[name];
  const { state: gate, byOrganizer } = gates[name];
  const [opens, closes] = windowOf[name](schedule);
  if (state === 'cancelled') return { title, badge: badge('cancelled', 'bad'), words: ['the event is cancelled'] };
  if (name === 'transfers' && policy.transfer === 'forbidden')
    return { title, badge: badge('none', 'quiet'), words: ['tickets stay with their first holder'] };
  if (gate === 'open') return { title, badge: badge('open', 'good'), words: ['until ', time(closes)] };
  if (gate === 'pending') return { title, badge: badge('not yet', 'wait'), words: ['opens ', time(opens)] };
  const words = byOrganizer ? ['stopped by the organizer'] : ['since ', time(closes)];
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

export function policyWords({ policy, schedule }: Event): readonly (readonly Child[])[] {
  const limit = plural(policy.perPersonLimit.primary, 'ticket');
  const transfer: readonly Child[] =
    policy.transfer === 'allowed'
      ? ['A ticket may be passed on to another holder until ', time(schedule.transfersCloseAt), '; both sign.']
      : ['A ticket can’t be passed on to another holder.'];
  return [[`A buyer’s key may buy at most ${limit} from the sellers.`], transfer];
}

const STATES: Readonly<Record<string, readonly [string, Tone]>> = {
  sold: ['Valid', 'good'],
  admitted: ['Admitted: inside', 'good'],
  exited: ['Admitted: stepped out', 'wait'],
  returned: ['Returned to the seller', 'quiet'],
  void: ['Void', 'bad'],
};

export function ticketBadge(state: string): HTMLElement {
  const [text, tone] = STATES[state] ?? [state, 'quiet'];
  return badge(text, tone);
}

const DEEDS: Readonly<Record<string, string>> = {
  'ticket.sell': 'Sold',
  'ticket.transfer': 'Passed on to another holder',
  'ticket.return': 'Returned to the seller',
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
