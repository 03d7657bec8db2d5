/** Orders as attackers send them, through the gateways or with an organization's own command: void each with its code, and the honest ones are drawn as if they were not there. */
import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { ticketPlace } from '../../../chaincode/domain/ids.js';
import { resultPageKey } from '../../../chaincode/domain/market/keys.js';
import type { Payload } from '../../../chaincode/domain/statements.js';
import { ticketKey } from '../../../chaincode/domain/keys.js';
import { codeOf } from '../../support/code-of.js';
import { auditLive } from '../../support/live-audit.js';
import { LiveMarket } from '../../support/live-market.js';
import { escrowedMinor } from '../../support/live-persons.js';
import { closeIn, hours, liveScene, openSchedule, seconds } from '../../support/live-scene.js';
import { outcomesOf } from '../../support/party-ledger.js';
import { EVERYBODY, realNetwork, RESELLER, VENUE, type Party, type RealNetwork } from '../../support/real-network.js';
import { replicasAtRest } from '../../support/replicas.js';
import { send } from '../../support/rest.js';
import { aBid, anAsk } from '../../support/sealed-market.js';
import { aTransfer, EVENT_POLICY, type Command } from '../../support/statements.js';
import { until } from '../../support/until.js';
import { copyOf, crookedOrders, SHOWN_BY_ORDERS, type CrookedOrder } from './crooked/orders.js';
import { crookedScene, type CrookedScene } from './crooked/scene.js';

/** Everything is in by then, on a busy machine too. */
const OPEN_S = 60;
const NEXT_OPEN_S = 40;
const QUOTAS = { [RESELLER]: 200, [VENUE]: 2 };
/** Of one person. */
const BIDS = 100;
const HONEST = ['Ben', 'Bea', 'Cem', 'Dan', 'Ida'] as const;
/** Ann's seats that are asked for as they should be, at one price. */
const OFFERED = [0, 2, 7];

describe('orders of attackers', () => {
  let network: RealNetwork;
  let scene: CrookedScene;
  let market: LiveMarket;
  let honest: Command;
  let orders: readonly CrookedOrder[];
  let outcomes: readonly (string | undefined)[];
  let winners: readonly string[];

  const refusal = (party: Party, command: Command) => codeOf(send(party, command));
  /** By its own hand, past its gateway. */
  async function refusedOf({ ledger }: Party, command: Command): Promise<string | undefined> {
    const [outcome] = outcomesOf(
      await ledger.transactAgreed('BoxOffice:submit', JSON.stringify({ commands: [command] }), EVERYBODY),
    );
    return outcome && !outcome.accepted ? outcome.code : undefined;
  }
  async function outcomeOf(of: LiveMarket, mspId: string, slot: number) {
    const { outcome } = await network.venue.client.order(of.id, mspId, slot);
    return outcome?.state === 'void' ? outcome.code : outcome?.state;
  }

  before(async () => {
    network = await realNetwork();
    scene = await crookedScene(network);
    const { people, tickets } = scene;
    const terms = { closesAt: closeIn(OPEN_S), quotas: QUOTAS, priceClasses: ['standard'] };
    market = new LiveMarket(network, scene.event, { ...terms, depositSteps: [3_000, 6_000, 60_000] });
    await market.open();
    const { reseller } = network;
    await market.take(
      ...HONEST.map((name) => market.deposit(people[name], 3_000)),
      market.deposit(people.Eve, 6_000),
      market.deposit(people.Max, 60_000),
      aTransfer(tickets[4]!, people.Gus),
    );
    honest = market.order(people.Ben, aBid());
    await send(reseller, honest);
  });

  it('come in through a gateway like any other: nobody can tell', async () => {
    const { people, tickets } = scene;
    const { reseller } = network;
    const asked = OFFERED.map((at) => market.order(people.Ann, anAsk(tickets[at]!), { sequence: 2 }));
    const others = HONEST.slice(1).map((name) => market.order(people[name], aBid()));
    const copy = { what: 'copied under another id', code: 'ORDER_NOT_OPENED' as const, command: copyOf(honest) };
    orders = [...crookedOrders(market, scene), copy];
    const sent = [...asked, ...others, ...orders.map(({ command }) => command)];
    const slots = await Promise.all(sent.map(async (command) => (await send(reseller, command)).body.slot));
    expect(new Set(slots)).to.have.property('size', sent.length);
    placed = slots.slice(-orders.length) as number[];
    // That is the reseller's peer; what goes past its gateway is endorsed by all.
    await replicasAtRest(reseller.ledger);
  });
  let placed: readonly number[];

  it('are known again if they are sent again, and taken once', async () => {
    const { replayed } = await send(network.reseller, honest);
    expect(replayed).to.equal(true);
  });

  it('are not taken in another size', async () => {
    const sealed = `${String(honest.sealed)}AAAA`;
    expect(await refusal(network.reseller, { ...copyOf(honest), sealed })).to.equal('ORDER_MALFORMED');
    expect(await refusedOf(network.reseller, { ...copyOf(honest), sealed, slot: 199 })).to.equal('ORDER_MALFORMED');
  });

  it('take no slot of another order, nor one beyond the quota', async () => {
    const { reseller, venue, organizer } = network;
    expect(await refusedOf(reseller, { ...copyOf(honest), slot: placed[0] })).to.equal('ORDER_SLOT_TAKEN');
    expect(await refusedOf(reseller, { ...copyOf(honest), slot: QUOTAS[RESELLER] })).to.equal('ORDER_QUOTA');
    // The same bytes under the same id, but at another organization; and once more.
    for (const copy of [honest, copyOf(honest)]) await send(venue, copy);
    expect(await refusal(venue, copyOf(honest))).to.equal('ORDER_QUOTA');
    expect(await refusal(organizer, copyOf(honest))).to.equal('ORDER_QUOTA');
  });

  it(`are ${BIDS} of one person too`, async () => {
    const bids = Array.from({ length: BIDS }, (_, at) => ({
      ...market.order(scene.people.Max, aBid({ name: `bid-${at}` })),
      slot: QUOTAS[RESELLER] - 1 - at,
    }));
    await market.take(...bids);
  });

  it('bring no deposit that the reseller does not vouch for', async () => {
    const { people } = scene;
    const beyond = market.deposit(people.Dot, 3_001);
    expect(await refusal(network.reseller, beyond)).to.equal('DEPOSIT_MISMATCH');
    const elsewhere = market.deposit(people.Dot, 3_000, { reseller: 'OrganizerMSP' });
    expect(await refusal(network.organizer, elsewhere)).to.equal('GUARANTEE_EXCEEDED');
  });

  it('come too late after the close', async () => {
    await until(() => seconds(0) >= market.terms.closesAt);
    const { Dot } = scene.people;
    expect(await refusal(network.reseller, market.order(Dot, aBid()))).to.equal('MARKET_NOT_OPEN');
    expect(await refusal(network.reseller, market.deposit(Dot, 3_000))).to.equal('MARKET_NOT_OPEN');
  });

  it('are void, each with its code', async () => {
    await market.released();
    outcomes = await Promise.all(placed.map((slot) => outcomeOf(market, RESELLER, slot)));
    const told = orders.map(({ what }, at) => [what, outcomes[at]]);
    expect(told).to.deep.equal(orders.map(({ what, code }) => [what, code]));
    expect(outcomes).to.include.members([...SHOWN_BY_ORDERS]);
    for (const slot of [0, 1]) expect(await outcomeOf(market, VENUE, slot)).to.equal('ORDER_NOT_OPENED');
  });

  it(`get nobody a second draw: ${BIDS} bids are drawn as one`, async () => {
    const { root = '', secret = '', result } = (await market.record())!;
    const { trades } = (await network.venue.ledger.records.read(resultPageKey(scene.event.event, 1, 0)))!;
    expect(result).to.deep.include({ trades: OFFERED.length, pages: 1 });
    winners = trades.map(({ bidder }) => bidder);
    const seed = createHmac('sha256', Buffer.from(root, 'base64url')).update(Buffer.from(secret, 'base64url')).digest();
    const draw = (credential: string) => createHmac('sha256', seed).update(credential).digest('hex');
    const all = [...HONEST, 'Max' as const].map((name) => scene.people[name].credential);
    const drawn = all.toSorted((a, b) => (draw(a) < draw(b) ? -1 : 1));
    expect([...winners].sort()).to.deep.equal(drawn.slice(0, OFFERED.length).sort());
  });

  it('leave the honest ones their tickets, and every cent where it belongs', async () => {
    const { records } = network.venue.ledger;
    const tickets = await Promise.all(
      OFFERED.map((at) => records.read(ticketKey(scene.event.event, ticketPlace(scene.tickets[at]!.ticket)))),
    );
    expect(tickets.map((ticket) => ticket?.holder).sort()).to.deep.equal([...winners].sort());
    expect(await escrowedMinor(network, scene.event.event)).to.equal(0);
  });

  it('do not hide anything from who recomputes it', async () => {
    expect(await auditLive(network, market.id)).to.deep.equal({ audit: 0, python: 0, tampered: 1 });
  });

  it('open no market but the next one, in its terms', async () => {
    const { organizer, reseller } = network;
    const opened = (terms: Partial<Payload<'market'>>, event = scene.event) =>
      refusal(organizer, new LiveMarket(network, event, { closesAt: closeIn(NEXT_OPEN_S), ...terms }).opening);
    expect(await opened({ market: 3 })).to.equal('STALE_MARKET');
    expect(await opened({ market: 2, closesAt: seconds(-1) })).to.equal('INVALID_MARKET');
    expect(await refusal(reseller, market.deposit(scene.people.Dot, 3_000, { market: 9 }))).to.equal('UNKNOWN_MARKET');
    const { event } = liveScene({
      policy: { ...EVENT_POLICY, credentialRequired: true },
      schedule: openSchedule({ doorsOpenAt: hours(1.5) }),
    });
    await organizer.ledger.accept([event.command], EVERYBODY);
    expect(await opened({}, event)).to.equal('MARKET_NOT_SEALED');
  });

  it('are no orders of the next market', async () => {
    const { people } = scene;
    const { organizer, reseller } = network;
    const next = new LiveMarket(network, scene.event, { market: 2, closesAt: closeIn(NEXT_OPEN_S), quotas: QUOTAS });
    await next.open();
    const third = new LiveMarket(network, scene.event, { market: 3 });
    expect(await refusal(organizer, third.opening)).to.equal('MARKET_EXISTS');
    expect(await refusal(reseller, { ...honest, ...next.of })).to.equal('COMMAND_ID_REUSED');
    const replayed = [{ ...copyOf(honest), ...next.of }, next.order(people.Ben, aBid(), { overrides: { market: 1 } })];
    const slots = await Promise.all(replayed.map(async (command) => Number((await send(reseller, command)).body.slot)));
    await next.released();
    const codes = await Promise.all(slots.map((slot) => outcomeOf(next, RESELLER, slot)));
    expect(codes).to.deep.equal(['ORDER_NOT_OPENED', 'MARKET_MISMATCH']);
    expect(await escrowedMinor(network, scene.event.event)).to.equal(0);
  });
});
