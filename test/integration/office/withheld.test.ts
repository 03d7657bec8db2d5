/**
 * A transaction that was endorsed in time, kept back across a transition and submitted afterwards: it must conflict, because a transaction's time
 * is its client's word and nobody looks at it again after the endorsement. Each case is one thing that must not commit late, and one transition.
 */
import { expect } from 'chai';
import { gateKey, ticketKey } from '../../../chaincode/domain/keys.js';
import { parseTicketId } from '../../../chaincode/domain/ids.js';
import type { GateRecord, TicketRecord } from '../../../chaincode/domain/records.js';
import type { Gate } from '../../../chaincode/domain/schedule.js';
import { hours, liveScene, openSchedule, seconds, type LiveScene } from '../../support/live-scene.js';
import {
  EVERYBODY,
  ORGANIZER,
  realNetwork,
  RESELLER,
  type Party,
  type RealNetwork,
} from '../../support/real-network.js';
import {
  aDevice,
  aKeyRegistration,
  anAdvance,
  anEventChange,
  aReturn,
  aSale,
  aScan,
  aTransfer,
  aVoid,
  held,
  newId,
  newKey,
  type Command,
  type Held,
  type TestDevice,
} from '../../support/statements.js';
import { until } from '../../support/until.js';

const DEADLINE_S = 8;
const MAX_DEADLINE_S = 64;

interface Situation extends LiveScene {
  readonly network: RealNetwork;
  /** Seat `floor:A:1`, sold. */
  readonly ticket: Held;
  readonly device: TestDevice;
}

interface Case {
  readonly what: string;
  readonly across: string;
  /** Who submits what is held back; the reseller unless given. */
  readonly by?: (network: RealNetwork) => Party;
  /** What happens before that is endorsed. */
  readonly first?: (situation: Situation) => Promise<unknown>;
  readonly held: (situation: Situation) => Command;
  readonly transition: (situation: Situation) => Promise<unknown>;
  /** A time of the schedule that comes while the transaction is held back. */
  readonly deadline?: 'salesCloseAt' | 'transfersCloseAt' | 'endsAt';
}

const sale = ({ floor }: Situation) => aSale(floor, { seats: ['floor:B:1'] }).command;
const transfer = ({ ticket }: Situation) => aTransfer(ticket);
const giveBack = ({ ticket, floor }: Situation) => aReturn(ticket, floor);
const admission = ({ ticket, device }: Situation) => aScan(ticket, device).command;
const reopening = ({ event }: Situation): Command => ({ kind: 'sales.reopen', id: newId(), event: event.event });
const byReseller = ({ reseller }: RealNetwork) => reseller;
const byVenue = ({ venue }: RealNetwork) => venue;
const byOrganizer = ({ organizer }: RealNetwork) => organizer;

/** By the organizer, endorsed by all. */
const organizerSubmits =
  (command: (situation: Situation) => Command): Case['transition'] =>
  (situation) =>
    situation.network.organizer.ledger.accept([command(situation)], EVERYBODY);

/** Moves the event along its schedule, unless a gateway's clockwork was faster. */
const closes =
  (gate: Gate): Case['transition'] =>
  async ({ network, event }) => {
    const { ledger } = network.venue;
    const closed = async () => {
      await ledger.transact('BoxOffice:submit', JSON.stringify({ commands: [anAdvance(event)] }), EVERYBODY);
      return (await ledger.records.read<GateRecord>(gateKey(event.event, gate)))?.state === 'closed';
    };
    await until(closed);
  };

/** The deadline passes and the event is advanced, whether or not there is anything to move. */
const passes =
  (deadline: NonNullable<Case['deadline']>): Case['transition'] =>
  async ({ network, event }) => {
    await until(() => seconds(0) > event.payload.schedule[deadline]);
    const { ledger } = network.venue;
    await ledger.transact('BoxOffice:submit', JSON.stringify({ commands: [anAdvance(event)] }), EVERYBODY);
  };

const cancels = organizerSubmits(({ event }) => anEventChange(event));
const postpones = organizerSubmits(({ event }) =>
  anEventChange(event, { action: 'postpone', schedule: openSchedule({ endsAt: hours(5) }) }),
);
const closesSales = organizerSubmits(({ event }) => ({ kind: 'sales.close', id: newId(), event: event.event }));

const CASES: readonly Case[] = [
  {
    what: 'a sale',
    across: 'the close of sales by schedule',
    held: sale,
    transition: closes('sales'),
    deadline: 'salesCloseAt',
  },
  {
    what: 'a transfer',
    across: 'the close of transfers by schedule',
    held: transfer,
    transition: closes('transfers'),
    deadline: 'transfersCloseAt',
  },
  {
    what: 'a return',
    across: 'the close of transfers by schedule',
    held: giveBack,
    transition: closes('transfers'),
    deadline: 'transfersCloseAt',
  },
  {
    what: 'an admission',
    across: 'the close of doors by schedule',
    by: byVenue,
    held: admission,
    transition: closes('doors'),
    deadline: 'endsAt',
  },
  { what: 'a sale', across: 'sales.close by the organizer', held: sale, transition: closesSales },
  { what: 'a sale', across: 'a postponement', held: sale, transition: postpones },
  { what: 'a transfer', across: 'a postponement', held: transfer, transition: postpones },
  { what: 'an admission', across: 'a postponement', by: byVenue, held: admission, transition: postpones },
  { what: 'a sale', across: 'a cancellation', held: sale, transition: cancels },
  { what: 'a transfer', across: 'a cancellation', held: transfer, transition: cancels },
  { what: 'a return', across: 'a cancellation', held: giveBack, transition: cancels },
  { what: 'an admission', across: 'a cancellation', by: byVenue, held: admission, transition: cancels },
  {
    what: 'a reopening of sales',
    across: 'a cancellation',
    by: byOrganizer,
    first: closesSales,
    held: reopening,
    transition: cancels,
  },
  {
    what: 'a reopening of sales',
    across: 'the close of sales by schedule',
    by: byOrganizer,
    first: closesSales,
    held: reopening,
    transition: passes('salesCloseAt'),
    deadline: 'salesCloseAt',
  },
  {
    what: 'a sale',
    across: 'the close of its allotment',
    held: sale,
    transition: ({ network, event }) =>
      network.reseller.ledger.accept(
        [{ kind: 'allotment.close', id: newId(), event: event.event, allotment: 'floor-a' }],
        EVERYBODY,
      ),
  },
  {
    what: 'an admission',
    across: "its device's revocation",
    by: byVenue,
    held: admission,
    transition: ({ network, event, device }) =>
      network.venue.ledger.accept(
        [{ kind: 'device.revoke', id: newId(), event: event.event, device: device.device }],
        EVERYBODY,
      ),
  },
  {
    what: 'a sale',
    across: 'the sale of its seat to another',
    held: sale,
    transition: (situation) => situation.network.reseller.ledger.accept([sale(situation)], EVERYBODY),
  },
  {
    what: 'a transfer',
    across: 'a void',
    held: transfer,
    transition: organizerSubmits(({ ticket, event }) => aVoid(ticket, event)),
  },
  {
    what: 'a void',
    across: 'a transfer',
    by: byOrganizer,
    held: ({ ticket, event }) => aVoid(ticket, event),
    transition: organizerSubmits(transfer),
  },
];

describe('a transaction held back', () => {
  let network: RealNetwork;

  before(async () => {
    network = await realNetwork();
  });

  // Deadlines take their time whatever is done meanwhile, so they are all waited for at once.
  const waiting = new Map<Case, Promise<Outcome>>();
  before(() => {
    for (const each of CASES) if (each.deadline) waiting.set(each, playBeforeDeadline(network, each, DEADLINE_S));
    return Promise.allSettled(waiting.values());
  });

  for (const each of CASES) {
    it(`${each.what} across ${each.across} conflicts and changes nothing`, async () => {
      const { code, before, after } = await (waiting.get(each) ?? play(network, each));
      expect(code).to.equal('MVCC_READ_CONFLICT');
      expect(after).to.deep.equal(before);
    });
  }

  it('a sale across the revocation of its key conflicts and changes nothing', async () => {
    const key = newKey('revoked meanwhile');
    const { ledger } = network.reseller;
    const validity = { notBefore: hours(-1), notAfter: hours(1) };
    await ledger.accept([aKeyRegistration(key, 'seller', validity)], EVERYBODY);
    const { code, before, after } = await play(network, {
      what: 'a sale',
      held: ({ floor }) => aSale(floor, { seats: ['floor:B:1'], by: key }).command,
      transition: () => ledger.accept([{ kind: 'keys.revoke', id: newId(), kid: key.kid }], EVERYBODY),
    });
    expect(code).to.equal('MVCC_READ_CONFLICT');
    expect(after).to.deep.equal(before);
  });

  it('without any transition is valid, however long it was held', async () => {
    const { code } = await play(network, {
      what: 'a sale',
      held: sale,
      transition: () => Promise.resolve(),
    });
    expect(code).to.equal('VALID');
  });
});

interface Outcome {
  readonly code: string;
  /** What the held transaction would have changed, after the transition and after the submission. */
  readonly before: unknown;
  readonly after: unknown;
}

async function play(network: RealNetwork, each: Omit<Case, 'across'>, schedule = openSchedule()): Promise<Outcome> {
  const { by = byReseller, first, held: hold, transition } = each;
  const situation = await setScene(network, schedule);
  const { ledger } = by(network);
  await first?.(situation);
  const endorsed = await ledger.withhold([hold(situation)], [ORGANIZER, RESELLER]);
  const [outcome] = (JSON.parse(endorsed.result) as { outcomes: { accepted: boolean; code?: string }[] }).outcomes;
  if (!outcome?.accepted) throw new Error(`${each.what} was refused: ${outcome?.code ?? 'no outcome'}`);
  await transition(situation);
  const state = () => stateOf(situation);
  const before = await state();
  const { code } = await ledger.submit(endorsed);
  return { code, before, after: await state() };
}

/** On a machine so busy that the deadline passed before the scene was set, it is set again with twice the time. */
async function playBeforeDeadline(network: RealNetwork, each: Case, deadlineS: number): Promise<Outcome> {
  try {
    return await play(network, each, openSchedule(scheduleUntil(each.deadline, deadlineS)));
  } catch (error) {
    if (deadlineS >= MAX_DEADLINE_S) throw error;
    return playBeforeDeadline(network, each, deadlineS * 2);
  }
}

/** No time of a schedule comes after its end. */
function scheduleUntil(deadline: Case['deadline'], deadlineS: number) {
  const at = seconds(deadlineS);
  if (deadline !== 'endsAt') return { [deadline ?? '']: at };
  return { salesCloseAt: at, transfersCloseAt: at, startsAt: at, endsAt: at };
}

async function setScene(network: RealNetwork, schedule: ReturnType<typeof openSchedule>): Promise<Situation> {
  const scene = liveScene({ schedule });
  const { event, floor } = scene;
  const sold = aSale(floor);
  const device = aDevice(event);
  // The venue registers the device, so it submits the lot.
  const commands = [event.command, floor.command, sold.command, device.command];
  await network.venue.ledger.accept(commands, EVERYBODY);
  return { ...scene, network, ticket: held(sold), device };
}

async function stateOf({ network, event, ticket }: Situation): Promise<unknown> {
  const { records } = network.organizer.ledger;
  const { place } = parseTicketId(ticket.ticket);
  const keys = [ticketKey(event.event, place), ticketKey(event.event, 'floor:B:1'), gateKey(event.event, 'sales')];
  const [commands, scans] = await Promise.all(['c', 's'].map((kind) => records.list(`${event.event}/${kind}/`)));
  return { records: await records.readAll<TicketRecord | GateRecord>(keys), commands, scans };
}
