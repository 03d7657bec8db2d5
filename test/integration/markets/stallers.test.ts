/** The first driver of every step does nothing, whether the step is a page or a deposit: the one gateway that is left takes them all. */
import { expect } from 'chai';
import { orderOf } from '../../../gateway/markets/turns.js';
import type { Step } from '../../../gateway/markets/step.js';
import { auditLive } from '../../support/live-audit.js';
import { holderAt } from '../../support/credentials.js';
import { LiveMarket } from '../../support/live-market.js';
import { enrolled, escrowedMinor } from '../../support/live-persons.js';
import { closeIn, hours, liveScene, openSchedule, type LiveScene } from '../../support/live-scene.js';
import { EVERYBODY, ORGANIZER, realNetwork, RESELLER, VENUE, type RealNetwork } from '../../support/real-network.js';
import { aBid, anAsk } from '../../support/sealed-market.js';
import { aSale, EVENT_POLICY, held } from '../../support/statements.js';

const OPEN_S = 40;
const QUOTAS = { [RESELLER]: 4, [VENUE]: 2 };
const NAMES = ['Ann', 'Ben', 'Cem'] as const;
const STALLING = ['organizer', 'reseller'] as const;

/** All there are of such a market. */
const stepsAt = (event: string): readonly Step[] => [
  { kind: 'close' },
  ...[0, 1].map((page) => ({ kind: 'freeze' as const, page })),
  { kind: 'root' },
  { kind: 'unseal' },
  ...[0, 1].map((page) => ({ kind: 'read' as const, page })),
  { kind: 'clear', part: 0 },
  { kind: 'settle', page: 0 },
  { kind: 'finish' },
  { kind: 'release', credential: holderAt(event, 'Cem').credential! },
];

const firstOf = (event: string, step: Step): string =>
  orderOf({ event, market: 1 }, step, [ORGANIZER, RESELLER, VENUE])[0]!;

/** An event's id at whose market one of the stalling is always first. */
function unluckyEvent(): string {
  for (let n = 0; ; n++) {
    const event = `${ORGANIZER}:stalled-${n}`;
    if (stepsAt(event).every((step) => firstOf(event, step) !== VENUE)) return event;
  }
}

describe('stallers in a sealed market', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  let market: LiveMarket;
  let go: (() => void) | undefined;

  before(async () => {
    network = await realNetwork();
    const policy = { ...EVENT_POLICY, credentialRequired: true, market: 'both' as const };
    const schedule = openSchedule({ doorsOpenAt: hours(1.5) });
    scene = liveScene({ event: unluckyEvent(), policy, schedule });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    const { Ann, Ben, Cem } = await enrolled(network, scene.event.event, ...NAMES);
    const sale = aSale(scene.floor, { buyer: Ann });
    await network.reseller.ledger.accept([sale.command], EVERYBODY);
    market = new LiveMarket(network, scene.event, { closesAt: closeIn(OPEN_S), quotas: QUOTAS });
    await market.open();
    await market.take(market.deposit(Ben, 3_000), market.deposit(Cem, 3_000));
    await market.take(market.order(Ann, anAsk(held(sale))), market.order(Ben, aBid()));
    const other = market.order(Cem, aBid({ limitMinor: 1_000 }), { mspId: VENUE });
    await network.venue.ledger.accept([other], EVERYBODY);
    go = standStill(network);
  });
  after(() => go?.());

  it('are first in every step', () => {
    for (const step of stepsAt(market.of.event)) expect(firstOf(market.of.event, step)).not.to.equal(VENUE);
  });

  it('delay it by seconds and stop nothing', async () => {
    const { result } = await market.released();
    const tookMs = Date.now() - Date.parse(market.terms.closesAt);
    console.log(`      from the close to the last deposit, two of three gateways standing still: ${tookMs} ms`);
    expect(result).to.deep.include({ trades: 1 });
    expect(await escrowedMinor(network, market.of.event)).to.equal(0);
    expect(await auditLive(network, market.id)).to.deep.equal({ audit: 0, python: 0, tampered: 1 });
  });
});

/** They keep their connections and answer nobody. @returns lets them go on */
function standStill({ processes }: RealNetwork): () => void {
  const pids = STALLING.map((name) => processes.running(`gateway-${name}`)!.pid);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}
