/**
 * Fabric's messages for many keys at once must do exactly what its ordinary ones do: the same chaincode is deployed twice, once deaf to the peer's
 * announcement, and each step of a history must leave the same reads, writes and answers in both.
 */
import { expect } from 'chai';
import { evaluate } from '../../../gateway/fabric/queries.js';
import { hours, liveScene, type LiveScene } from '../../support/live-scene.js';
import { batchOf, type Done, type PartyLedger } from '../../support/party-ledger.js';
import { readWriteSetOf, type ReadWriteSet } from '../../support/read-write-set.js';
import { admit, aProposal, aVote } from '../../support/proposals.js';
import { deployProbe, EVERYBODY, ORGANIZER, type Party } from '../../support/real-network.js';
import { aListing, aResale, aWithdrawal } from '../../support/resales.js';
import { aPayout, aPolicyChange, policyDefaults } from '../../support/settlements.js';
import {
  aDevice,
  aKeyRegistration,
  anEventChange,
  aReturn,
  aSale,
  aScan,
  aTransfer,
  aVoid,
  CONSORTIUM,
  held,
  newId,
  newKey,
  type Command,
  type TestEvent,
} from '../../support/statements.js';

type PartyName = 'organizer' | 'reseller' | 'venue';
interface Step {
  readonly what: string;
  readonly by: PartyName;
  readonly transaction: string;
  /** The network's founding unless given. */
  readonly argument?: string;
}

const commands = (what: string, by: PartyName, ...batch: readonly Command[]): Step => ({
  what,
  by,
  transaction: 'BoxOffice:submit',
  argument: batchOf(batch),
});

/** A history with every kind of write: policies, refusals in the midst, replays, and more keys than one message holds. */
function history(): readonly Step[] {
  const validity = { notBefore: hours(-1), notAfter: hours(1) };
  const { event: eventKey } = CONSORTIUM.keys.OrganizerMSP!;
  const { seller } = CONSORTIUM.keys.ResellerMSP!;
  const scene = liveScene();
  const { event, floor } = scene;
  const hall = liveScene({ event: event.event }, { allotment: 'hall', pool: { section: 'hall', from: 1, to: 2_000 } });
  const orders = Array.from({ length: 60 }, (_, order) =>
    Array.from({ length: 20 }, (_, seat) => `hall:${order * 20 + seat + 1}`),
  );
  const [kept, given, returned] = ['floor:A:1', 'floor:A:2', 'floor:A:3'].map((seat) =>
    aSale(floor, { seats: [seat] }),
  );
  const device = aDevice(event);
  const admission = aScan(held(kept!), device);
  const friend = newKey();
  return [
    { what: 'proposing', by: 'organizer', transaction: 'Consortium:propose' },
    { what: 'founding', by: 'organizer', transaction: 'Consortium:found' },
    commands("the organizer's key", 'organizer', aKeyRegistration(eventKey, 'event', validity)),
    commands("the reseller's key", 'reseller', aKeyRegistration(seller, 'seller', validity)),
    commands('an event and its allotments', 'organizer', event.command, floor.command, hall.floor.command),
    commands('sales with a refused one between', 'reseller', kept!.command, aSale(floor).command, given!.command),
    commands('a replay beside a sale', 'reseller', kept!.command, returned!.command),
    commands('1,200 tickets', 'reseller', ...orders.map((seats) => aSale(hall.floor, { seats }).command)),
    commands('a transfer and a return', 'reseller', aTransfer(held(given!), friend), aReturn(held(returned!), floor)),
    commands('a sale of a returned seat', 'reseller', aSale(floor, { seats: ['floor:A:3'] }).command),
    commands('a device and an admission', 'venue', device.command, admission.command),
    commands('a void', 'organizer', aVoid({ ...held(given!), holder: friend, change: 1 }, event)),
    commands(
      'stopping and reopening sales',
      'organizer',
      ...(['sales.close', 'sales.reopen'] as const).map((kind) => ({ kind, id: newId(), event: event.event })),
    ),
    ...governed(event),
    ...secondHand(scene),
  ];
}

/** One listing is withdrawn, one is sold and its seller paid; then everybody has his money back. */
function secondHand({ event, floor }: LiveScene): readonly Step[] {
  const sales = ['floor:B:1', 'floor:B:2'].map((seat) => aSale(floor, { seats: [seat] }));
  const [offered, withdrawn] = sales.map((sale) => aListing(held(sale), floor));
  const resold = aResale(offered!);
  const { ticket, holder: seller } = offered!.ticket;
  const settlement = {
    kind: 'ticket.settle',
    id: newId(),
    event: event.event,
    ticket,
    issue: 1,
    allotment: floor.payload.allotment,
    holders: [seller.kid, resold.ticket.holder.kid],
  };
  return [
    commands('sales and listings', 'reseller', ...[...sales, offered!, withdrawn!].map(({ command }) => command)),
    commands('a withdrawal', 'venue', aWithdrawal(withdrawn!)),
    commands('a resale before one that comes too late', 'reseller', resold.command, aResale(offered!).command),
    commands('a payout', 'reseller', aPayout(event, seller, 1_000)),
    commands('a cancellation', 'organizer', anEventChange(event)),
    commands('a settlement', 'venue', settlement),
  ];
}

function governed(event: TestEvent): readonly Step[] {
  const proposal = aProposal(ORGANIZER, admit());
  return [
    commands('rules of an organizer', 'organizer', policyDefaults({ maxHops: 3 })),
    commands('a change of rules', 'organizer', aPolicyChange(event, { perPersonLimit: { primary: 200, resale: 200 } })),
    commands('a proposal', 'organizer', proposal.command),
    commands('a vote', 'reseller', aVote(proposal)),
    commands('the deciding vote, which admits an organization', 'venue', aVote(proposal)),
  ];
}

describe('messages for many keys', () => {
  const runs = new Map<'many' | 'stock', ReadonlyMap<string, ReadWriteSet>>();
  const ledgers = new Map<string, PartyLedger>();
  let founding: string;

  for (const name of ['many', 'stock'] as const) {
    before(`play the history on ${name}`, async () => {
      const network = await deployProbe(name, ...(name === 'stock' ? (['stock'] as const) : []));
      ({ founding } = network);
      for (const by of ['organizer', 'reseller', 'venue'] as const)
        ledgers.set(`${name} ${by}`, (network[by] satisfies Party).on(name));
    });
  }
  const steps = history();
  before(async () => {
    for (const name of ['many', 'stock'] as const)
      runs.set(name, await play(steps, founding, (by) => ledgers.get(`${name} ${by}`)!));
  });

  it('are used by our chaincode, and not by the one that does not listen', async () => {
    const limitsOf = async (name: string) => {
      const { connection } = ledgers.get(`${name} venue`)!;
      const answer = await evaluate(connection, { chaincode: name, transaction: 'Probe:limits', arguments: [] });
      return JSON.parse(Buffer.from(answer).toString()) as unknown;
    };
    expect(await limitsOf('many')).to.deep.equal({ maxReads: 1_000, maxWrites: 1_000 });
    expect(await limitsOf('stock')).to.deep.equal({ maxReads: 0, maxWrites: 0 });
  });

  for (const { what } of steps) {
    it(`leave the same reads, writes and answers: ${what}`, () => {
      const [many, stock] = [runs.get('many')?.get(what), runs.get('stock')?.get(what)];
      expect(many?.writes).not.to.be.empty;
      expect(many).to.deep.equal(stock);
    });
  }

  for (const name of ['many', 'stock'] as const) {
    it(`find that two buyers of a seat were endorsed at once: ${name}`, async () => {
      const { event, floor } = liveScene({}, { pool: { section: 'floor', from: 1, to: 9 } });
      const [organizer, reseller] = [ledgers.get(`${name} organizer`)!, ledgers.get(`${name} reseller`)!];
      await organizer.accept([event.command, floor.command], EVERYBODY);
      const buyers = [aSale(floor, { seats: ['floor:7'] }), aSale(floor, { seats: ['floor:7'] })];
      const endorsed = [];
      for (const { command } of buyers) endorsed.push(await reseller.withhold([command], EVERYBODY));
      const codes = [];
      for (const each of endorsed) codes.push((await reseller.submit(each)).code);
      expect(codes).to.deep.equal(['VALID', 'MVCC_READ_CONFLICT']);
    });
  }

  it('take more keys than one message holds', () => {
    const { reads, writes } = runs.get('many')!.get('1,200 tickets')!;
    expect(reads.length).to.be.above(1_200);
    expect(writes.length).to.be.above(1_200);
  });
});

/** Plays every step and brings what it left into a form that does not depend on where it was played. */
async function play(
  steps: readonly Step[],
  founding: string,
  ledgerOf: (by: PartyName) => PartyLedger,
): Promise<ReadonlyMap<string, ReadWriteSet>> {
  const played: Done[] = [];
  const sets = new Map<string, ReadWriteSet>();
  for (const { what, by, transaction, argument = founding } of steps) {
    const ledger = ledgerOf(by);
    const done = await ledger.transact(transaction, argument, EVERYBODY);
    expect(done.code, what).to.equal('VALID');
    played.push(done);
    sets.set(what, normalised(await readWriteSetOf(ledger, done.tx), played));
  }
  return sets;
}

/** When a ticket was got is the transaction's time. */
const TIME = /"acquiredAt":\d+/g;

/** Transaction ids become the steps' numbers, and so do the blocks that versions name. */
function normalised(set: ReadWriteSet, played: readonly Done[]): ReadWriteSet {
  const ids = (value: string) => played.reduce((left, { tx }, step) => left.replaceAll(tx, `step-${step}`), value);
  const text = (value: string) => ids(value).replace(TIME, '"acquiredAt":0');
  const value = (base64: string) => text(Buffer.from(base64, 'base64').toString());
  const steps = new Map(played.map(({ block }, step) => [String(block), `step ${step}`]));
  return {
    ...set,
    reads: set.reads.map(({ key, version }) => ({ key, version: steps.get(version.split(':')[0]!) ?? version })),
    // A transaction's id is in the key of its entries, and sorts there differently.
    writes: set.writes
      .map((write) => ({ ...write, key: text(write.key), value: value(write.value) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    response: text(set.response),
    event: text(set.event),
  };
}
