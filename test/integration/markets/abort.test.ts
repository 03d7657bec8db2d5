/**
 * A market whose key too few nodes have: it is aborted when its time has come, gives everything back and names them. That time is not waited for in vain: the same
 * nodes bring markets of every other supply to their end meanwhile.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { ticketPlace } from '../../../chaincode/domain/ids.js';
import { sharedKeyKey } from '../../../chaincode/domain/committee-keys.js';
import { holderKey, ticketKey } from '../../../chaincode/domain/keys.js';
import { resultPageKey } from '../../../chaincode/domain/market/keys.js';
import type { TradeRecord } from '../../../chaincode/domain/market/records.js';
import type { PolicyPart } from '../../../chaincode/domain/policy/policy.js';
import { auditLive } from '../../support/live-audit.js';
import { LiveMarket } from '../../support/live-market.js';
import { enrolled, escrowedMinor } from '../../support/live-persons.js';
import { closeIn, hours, liveScene, openSchedule, seconds, timeAt, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, ORGANIZER, realNetwork, type RealNetwork } from '../../support/real-network.js';
import { startAllNodes } from '../../support/real-nodes.js';
import { aBid, anAsk } from '../../support/sealed-market.js';
import type { Trader } from '../../support/sealed-orders.js';
import { anAllotment, aReturn, aSale, aTransfer, EVENT_POLICY, held, type Held } from '../../support/statements.js';
import { loseShares } from './crooked/lost-shares.js';

/** What the ledger asks for between close and abort, in seconds. */
const REVEAL_S = 120;
const OPEN_S = 45;
const LOOK_EVERY_MS = 2_000;
const NAMES = ['Ann', 'Ben', 'Cem', 'Dot', 'Eve'] as const;
const SOUND = { audit: 0, python: 0, tampered: 1 };
const STEPS = { depositSteps: [3_000, 6_000, 12_000] };

type People = Readonly<Record<(typeof NAMES)[number], Trader>>;

describe('a market that is aborted, and those that go on meanwhile', () => {
  let network: RealNetwork;
  const tradesOf = async ({ of: { event, market } }: LiveMarket): Promise<readonly TradeRecord[]> =>
    (await network.venue.ledger.records.read(resultPageKey(event, market, 0)))?.trades ?? [];
  const ticketOf = ({ event, ticket }: Held) =>
    network.venue.ledger.records.read(ticketKey(event, ticketPlace(ticket)));
  const balanceOf = async (event: string, { credential }: Trader) =>
    (await network.venue.ledger.records.read(holderKey(event, credential)))?.balanceMinor;

  async function sceneWith(policy: PolicyPart = {}): Promise<LiveScene & { readonly people: People }> {
    const rules = { ...EVENT_POLICY, credentialRequired: true, market: 'both' as const, ...policy };
    const scene = liveScene({ policy: rules, schedule: openSchedule({ doorsOpenAt: hours(1.5) }) });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    return { ...scene, people: await enrolled(network, scene.event.event, ...NAMES) };
  }
  async function sold({ floor }: LiveScene, buyer: Trader, count: number): Promise<readonly Held[]> {
    const seats = Array.from({ length: count }, (_, at) => `floor:A:${at + 1}`);
    const sale = aSale(floor, { buyer, seats });
    await network.reseller.ledger.accept([sale.command], EVERYBODY);
    return seats.map((_, at) => held(sale, at));
  }

  describe('of two nodes that lost their shares of its key', () => {
    let scene: LiveScene & { readonly people: People };
    let market: LiveMarket;
    let ticket: Held;
    let silent: readonly number[];
    let watching: Promise<readonly unknown[]>;

    /** What it was, from its freeze until it may be aborted. */
    async function watchFrozen(): Promise<readonly unknown[]> {
      const seen: unknown[] = [];
      while (seconds(0) < market.terms.abortableAt) {
        const { state } = (await market.record())!;
        const found = [state, await market.heldMinor()];
        if (seconds(0) < market.terms.abortableAt && !['open', 'closed'].includes(state)) seen.push(found);
        await sleep(LOOK_EVERY_MS);
      }
      return seen;
    }

    before(async () => {
      network = await realNetwork();
      scene = await sceneWith();
      [ticket] = (await sold(scene, scene.people.Ann, 1)) as [Held];
      const closesAt = closeIn(OPEN_S);
      const abortableAt = timeAt(Date.parse(closesAt) + REVEAL_S * 1_000);
      market = new LiveMarket(network, scene.event, { closesAt, abortableAt });
      await market.open();
      const { Ann, Ben, Cem } = scene.people;
      await market.take(market.deposit(Ben, 3_000), market.deposit(Cem, 3_000), market.deposit(Cem, 3_000));
      await market.take(market.order(Ann, anAsk(ticket)), market.order(Ben, aBid()));
      const { key } = (await network.venue.ledger.records.read(sharedKeyKey(market.id)))!;
      silent = await loseShares(network, market.id, key!, 2);
      watching = watchFrozen();
      // Whoever awaits it later hears of what was wrong.
      watching.catch(() => undefined);
    });
    after(() => startAllNodes(network.plan));

    it('finds one price for all in a resale', async () => {
      const at = await sceneWith({ clearing: 'uniform-price' });
      const { Ann, Ben, Cem, Dot, Eve } = at.people;
      const tickets = await sold(at, Ann, 4);
      const uniform = new LiveMarket(network, at.event, { ...STEPS, closesAt: closeIn(OPEN_S) });
      await uniform.open();
      await uniform.take(...[Ben, Cem, Dot, Eve].map((person) => uniform.deposit(person, 3_000)));
      const asks = [1_000, 1_500, 1_900, 2_000].map((askMinor, index) =>
        uniform.order(Ann, anAsk(tickets[index]!, { askMinor })),
      );
      // With 5 % on top: at 15.00 two buy two, at 19.00 one is left who would pay.
      const bids = [
        [Ben, 3_000],
        [Cem, 1_600],
        [Dot, 1_100],
        [Eve, 1_000],
      ] as const;
      await uniform.take(...asks, ...bids.map(([person, limitMinor]) => uniform.order(person, aBid({ limitMinor }))));
      const { result } = await uniform.released();
      expect(result).to.deep.include({ trades: 2, prices: { standard: 1_500 } });
      const trades = await tradesOf(uniform);
      expect(trades.map(({ bidder }) => bidder).sort()).to.deep.equal([Ben.credential, Cem.credential].sort());
      expect(trades.map(({ totalMinor }) => totalMinor)).to.deep.equal([1_575, 1_575]);
      expect(await escrowedMinor(network, at.event.event)).to.equal(0);
      expect(await auditLive(network, uniform.id)).to.deep.equal(SOUND);
    });

    it('draws the places of a ballot, for guests too, and gives returned ones to the waiting list', async () => {
      const at = await sceneWith();
      const { event, people } = at;
      const { Ann, Ben, Cem, Dot, Eve } = people;
      const seats = { section: 'stage', rows: [['A', 1, 9]] as [string, number, number][] };
      const stage = anAllotment(event, { allotment: 'stage-a', seller: ORGANIZER, priceClass: 'ballot', seats });
      await network.organizer.ledger.accept([stage.command], EVERYBODY);
      const terms = { ...STEPS, allotments: ['stage-a'] };
      const bid = { priceClass: 'ballot' };
      const ballot = new LiveMarket(network, event, { ...terms, supply: 'ballot', closesAt: closeIn(OPEN_S) });
      await ballot.open();
      const deposits = [
        [Ann, 6_000],
        [Ben, 12_000],
        [Cem, 6_000],
        [Dot, 3_000],
      ] as const;
      await ballot.take(...deposits.map(([person, minor]) => ballot.deposit(person, minor)));
      const guests = { guests: [ballot.consent(Eve, Ben)] };
      await ballot.take(
        ballot.order(Ann, aBid({ ...bid, quantity: 2 })),
        ballot.order(Ben, aBid({ ...bid, quantity: 4, guests: [Eve.credential] }), guests),
        ballot.order(Cem, aBid({ ...bid, quantity: 2, allOrNothing: true })),
        ballot.order(Dot, aBid({ ...bid, limitMinor: 2_199 })),
      );
      expect((await ballot.released()).result).to.deep.include({ trades: 8 });
      const drawn = await tradesOf(ballot);
      const count = ({ credential }: Trader) => drawn.filter(({ buyer }) => buyer === credential).length;
      expect([Ann, Ben, Cem, Dot, Eve].map(count)).to.deep.equal([2, 3, 2, 0, 1]);
      expect(await balanceOf(event.event, Dot)).to.equal(3_000);
      expect(await auditLive(network, ballot.id)).to.deep.equal(SOUND);

      const own = drawn.filter(({ buyer }) => buyer === Ann.credential);
      const given = own.map(({ ticket }): Held => ({ event: event.event, ticket, holder: Ann }));
      const returned = given.map((ticket) => aReturn(ticket, stage));
      await network.organizer.ledger.accept(returned, EVERYBODY);
      const waiting = { ...terms, market: 2, supply: 'returns' as const, closesAt: closeIn(OPEN_S) };
      const returns = new LiveMarket(network, event, waiting);
      await returns.open();
      await returns.take(returns.deposit(Dot, 12_000), returns.order(Dot, aBid({ ...bid, quantity: 3 })));
      expect((await returns.released()).result).to.deep.include({ trades: 2 });
      for (const ticket of given)
        expect(await ticketOf(ticket)).to.deep.include({ holder: Dot.credential, issue: 2, paidMinor: 2_200 });
      expect(await escrowedMinor(network, event.event)).to.equal(0);
      expect(await auditLive(network, returns.id)).to.deep.equal(SOUND);
    });

    it('is frozen until then, and nothing of it moves', async () => {
      const seen = await watching;
      expect(seen).not.to.be.empty;
      for (const found of seen) expect(found).to.deep.equal(['frozen', 9_000]);
    });

    it('is aborted by the gateways: the silent nodes are named and everything is given back', async () => {
      const { silent: named } = await market.released('aborted');
      expect(seconds(0) >= market.terms.abortableAt).to.equal(true);
      expect(named).to.deep.equal(silent);
      const { Ann, Ben, Cem } = scene.people;
      const balances = await Promise.all([Ann, Ben, Cem].map((person) => balanceOf(scene.event.event, person)));
      expect(balances).to.deep.equal([undefined, 3_000, 6_000]);
      expect(await escrowedMinor(network, scene.event.event)).to.equal(0);
    });

    it('leaves the tickets with their holders, who may give them on again', async () => {
      const { Ann, Ben } = scene.people;
      expect(await ticketOf(ticket)).to.deep.include({ holder: Ann.credential, change: 0 });
      await network.reseller.ledger.accept([aTransfer(ticket, Ben)], EVERYBODY);
    });
  });
});
