/** What races with a market's close: whatever was endorsed before and is submitted after it conflicts, and while it settles the same is refused. */
import { expect } from 'chai';
import type { Endorsed } from '../../../gateway/fabric/fabric-ledger.js';
import { codeOf } from '../../support/code-of.js';
import { takeCommittee, type LiveCommittee } from '../../support/live-committee.js';
import { LiveMarket } from '../../support/live-market.js';
import { escrowedMinor } from '../../support/live-persons.js';
import { closeIn, seconds } from '../../support/live-scene.js';
import { outcomesOf } from '../../support/party-ledger.js';
import { EVERYBODY, ORGANIZER, realNetwork, RESELLER, type RealNetwork } from '../../support/real-network.js';
import { aListing, type TestListing } from '../../support/resales.js';
import { send } from '../../support/rest.js';
import { aBid, anAsk } from '../../support/sealed-market.js';
import { replicasAtRest } from '../../support/replicas.js';
import { anEventChange, claims, signStatement } from '../../support/statements.js';
import { until } from '../../support/until.js';
import { heldBack, type HeldBack } from './crooked/held-back.js';
import { crookedScene, type CrookedScene } from './crooked/scene.js';

const OPEN_S = 45;

describe("races with a sealed market's close", () => {
  let network: RealNetwork;
  let scene: CrookedScene;
  let market: LiveMarket;
  let committee: LiveCommittee | undefined;
  let cases: readonly HeldBack[];
  let endorsed: readonly Endorsed[];
  let listed: readonly [TestListing, TestListing];

  const records = async () => (await network.organizer.ledger.records.list(`${scene.event.event}/`)).records;

  before(async () => {
    network = await realNetwork();
    scene = await crookedScene(network);
    const { people, tickets, floor } = scene;
    listed = [aListing(tickets[6]!, floor), aListing(tickets[7]!, floor)];
    await network.reseller.ledger.accept(
      listed.map(({ command }) => command),
      EVERYBODY,
    );
    market = new LiveMarket(network, scene.event, { closesAt: closeIn(OPEN_S) });
    await market.open();
    const orders = [market.order(people.Ann, anAsk(tickets[0]!)), market.order(people.Ben, aBid())];
    await market.take(market.deposit(people.Ben, 3_000), market.deposit(people.Bea, 3_000), ...orders);
    committee = await takeCommittee(network);
    cases = heldBack(scene, market, committee, listed);
    endorsed = await Promise.all(cases.map(({ by, command }) => by.ledger.withhold([command], [ORGANIZER, RESELLER])));
    expect(seconds(0) < market.terms.closesAt, 'all was endorsed before the close').to.equal(true);
  });
  after(() => committee?.release());

  it('would all be valid before it', () => {
    for (const [at, { what }] of cases.entries())
      expect(outcomesOf(endorsed[at]!), what).to.have.nested.property('[0].accepted', true);
  });

  it('conflict after it, and change nothing', async () => {
    await until(() => seconds(0) > market.terms.closesAt);
    const own = { ...claims(market.of.event), market: market.of.market };
    const statements = committee!.nodes
      .slice(0, committee!.threshold)
      .map((node) => signStatement('market-close', own, node));
    await network.venue.ledger.accept([{ kind: 'market.close', ...market.of, statements }], EVERYBODY);
    await market.reached('frozen');
    // That is the reseller's peer; records are the organizer's.
    await replicasAtRest(network.organizer.ledger);
    const before = await records();
    const done = await Promise.all(cases.map(async ({ by }, at) => (await by.ledger.submit(endorsed[at]!)).code));
    expect(done).to.deep.equal(cases.map(() => 'MVCC_READ_CONFLICT'));
    expect(await records()).to.deep.equal(before);
  });

  it('are refused while it settles, through gateways too', async () => {
    const again = heldBack(scene, market, committee!, listed);
    const codes = await Promise.all(
      again.map(async ({ what, by, command }) => [what, await codeOf(send(by, command))] as const),
    );
    expect(codes).to.deep.equal(again.map(({ what, later = 'MARKET_SETTLING' }) => [what, later]));
  });

  it('are no way into a market that the event takes along: everything is given back', async () => {
    await network.organizer.ledger.accept([anEventChange(scene.event, { change: 1 })], EVERYBODY);
    const { silent } = await market.released('aborted');
    expect(silent).to.deep.equal([]);
    expect(await escrowedMinor(network, market.of.event)).to.equal(0);
  });
});
