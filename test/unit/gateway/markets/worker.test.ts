/** Gateways that drive a market in virtual time: any of them is enough, and normally nobody does what another does. */
import { expect } from 'chai';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { GatewayError } from '../../../../gateway/errors.js';
import { sealedMarket } from '../../../support/sealed-market.js';
import { ABORTABLE } from '../../../support/sealed-market.js';
import { driven, escrowOf, ORGANIZATIONS, withOrders, type DrivenOptions } from './a-driven-market.js';

const STEPS = ['close', 'freeze', 'root', 'unseal', 'read', 'clear', 'settle', 'finish', 'release'];

/** Three gateways, and nodes that post their shares when the market is frozen. */
function aScene(options: DrivenOptions = {}, organizations: readonly string[] = ORGANIZATIONS) {
  const market = withOrders(sealedMarket());
  const scene = driven(market, options);
  for (const mspId of organizations) scene.start(mspId);
  const toFrozen = async () => {
    await scene.until(() => market.record.state === 'frozen');
    scene.postShares();
  };
  const toTheEnd = async () => {
    await toFrozen();
    await scene.until(scene.isReleased);
  };
  return { ...scene, market, toFrozen, toTheEnd };
}

describe('driver of sealed markets', () => {
  it('brings a market from its close to the last deposit, each step once, without pauses', async () => {
    const { market, toTheEnd, submitted, reported, clock, close } = aScene();
    const begun = clock.now();
    await toTheEnd();
    await close();
    expect(market.record.state).to.equal('finished');
    expect(submitted.filter(({ outcome }) => outcome !== 'new')).to.deep.equal([]);
    expect(new Set(submitted.map(({ kind }) => kind.slice('market.'.length)))).to.have.all.keys(STEPS);
    expect(reported.filter(({ level }) => level !== 'info')).to.deep.equal([]);
    // Nine kinds of steps, of which each waits for the one before.
    expect(clock.now() - begun).to.be.below(3_000);
  });

  for (const kind of STEPS)
    it(`goes on where the first that should ${kind} stalls`, async () => {
      let staller: string | undefined;
      const never = new Promise<void>(() => undefined);
      const trouble = (mspId: string, command: Record<string, unknown>) => {
        if (command.kind !== `market.${kind}`) return undefined;
        staller ??= mspId;
        return mspId === staller ? never : undefined;
      };
      const { market, toTheEnd, submitted, clock } = aScene({ trouble });
      const begun = clock.now();
      await toTheEnd();
      expect([market.record.state, escrowOf(market)]).to.deep.equal(['finished', 0]);
      const others = submitted.filter((each) => each.kind === `market.${kind}`).map(({ mspId }) => mspId);
      expect(others).not.to.include(staller);
      expect(clock.now() - begun).to.be.within(3_000, 15_000);
    });

  it('is paid once for one that is down: who was overtaken comes last for a while', async () => {
    const down = 'OrganizerMSP';
    const { toTheEnd, clock } = aScene(
      {},
      ORGANIZATIONS.filter((mspId) => mspId !== down),
    );
    const begun = clock.now();
    await toTheEnd();
    expect(clock.now() - begun).to.be.below(15_000);
  });

  it('tells once of a step that is refused, tries it again ever less often, and goes on when it passes', async () => {
    let isBroken = true;
    const tries: number[] = [];
    const trouble = (_: string, command: Record<string, unknown>) => {
      if (command.kind !== 'market.clear' || !isBroken) return undefined;
      tries.push(clock.now());
      return Promise.reject(new Refusal('PAGES_MISSING', { field: 'page', page: 0 }));
    };
    const { market, toFrozen, isReleased, until, clock, reported, close } = aScene({ trouble }, ['VenueMSP']);
    await toFrozen();
    await until(() => market.record.state === 'revealed');
    await clock.pass(120_000);
    expect(tries.length).to.be.within(5, 10);
    const told = reported.filter(({ level }) => level === 'alarm');
    expect(told.map(({ details: { step, code } }) => [step, code])).to.deep.equal([['clear.0', 'PAGES_MISSING']]);
    isBroken = false;
    await until(isReleased);
    await close();
  });

  it('looks for deposits no more often than it tries one whose release stays refused, and names nobody', async () => {
    const credentials: unknown[] = [];
    const trouble = (_: string, command: Record<string, unknown>) => {
      if (command.kind !== 'market.release') return undefined;
      credentials.push(command.credential);
      return Promise.reject(
        new Refusal('NOTHING_DUE', { field: 'credential', credential: String(command.credential) }),
      );
    };
    const { market, toFrozen, until, clock, reported } = aScene({ trouble }, ['VenueMSP']);
    await toFrozen();
    await until(() => market.record.state === 'finished');
    await clock.pass(300_000);
    const { ledger } = market.scene;
    let lists = 0;
    const records = ledger.records.bind(ledger);
    ledger.records = () => {
      lists += 1;
      return records();
    };
    await clock.pass(600_000);
    // Before and after each try, one in a minute; and the worker looks for markets every five seconds.
    expect(lists - 600 / 5).to.be.within(10, 30);
    const alarms = reported.filter(({ level }) => level === 'alarm');
    expect(alarms.map(({ details: { step, code } }) => [step, code])).to.deep.equal([['release', 'NOTHING_DUE']]);
    for (const credential of credentials) expect(JSON.stringify(reported)).not.to.include(credential);
  });

  it('takes a conflict for no failure of its own', async () => {
    let conflicts = 2;
    const trouble = () => (conflicts-- > 0 ? Promise.reject(new GatewayError('LEDGER_CONFLICT')) : undefined);
    const { market, toTheEnd, reported } = aScene({ trouble }, ['VenueMSP']);
    await toTheEnd();
    expect(market.record.state).to.equal('finished');
    expect(reported.filter(({ level }) => level === 'alarm')).to.deep.equal([]);
  });

  it('stops in the middle after what is under way, and another one finishes', async () => {
    const { market, toFrozen, until, workers, start, submitted, isReleased } = aScene({}, ['VenueMSP']);
    await toFrozen();
    await until(() => market.record.state === 'revealed');
    let isClosed = false;
    void workers
      .get('VenueMSP')!
      .close()
      .then(() => (isClosed = true));
    await until(() => isClosed);
    const taken = submitted.length;
    start('ResellerMSP');
    await until(isReleased);
    expect(submitted.slice(taken).every(({ mspId }) => mspId === 'ResellerMSP')).to.equal(true);
    expect(market.record.state).to.equal('finished');
  });

  it('aborts when too few nodes would close, names them, and gives everything back', async () => {
    const { market, until, isReleased, reported } = aScene({ silent: [2, 3] }, ['VenueMSP']);
    await until(isReleased, Date.parse(ABORTABLE) - Date.parse('2027-03-02T12:00:00Z') + 60_000);
    expect(market.record).to.deep.include({ state: 'aborted', silent: [2, 3] });
    const told = reported.filter(({ level }) => level !== 'info');
    expect(told.map(({ level, details: { code } }) => [level, code])).to.deep.equal([['warning', 'NODES_TOO_FEW']]);
  });

  it('aborts a frozen market whose shares do not come', async () => {
    const { market, until, isReleased, postShares } = aScene({}, ['VenueMSP']);
    await until(() => market.record.state === 'frozen');
    postShares([1, 4]);
    await until(isReleased, 3_700_000);
    expect(market.record).to.deep.include({ state: 'aborted', silent: [2, 3] });
  });

  it('rests once nothing will be due again', async () => {
    const { toTheEnd, clock, submitted, market } = aScene({}, ['VenueMSP']);
    await toTheEnd();
    const before = submitted.length;
    let looks = 0;
    const { ledger } = market.scene;
    const read = ledger.read.bind(ledger);
    ledger.read = (key: string) => {
      looks += key.startsWith(`${market.event}/w/`) ? 1 : 0;
      return read(key);
    };
    await clock.pass(10_000);
    looks = 0;
    await clock.pass(60_000);
    expect([submitted.length - before, looks]).to.deep.equal([0, 0]);
  });
});
