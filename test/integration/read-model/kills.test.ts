/**
 * A gateway is killed (SIGKILL) three times while it sells and sells on. Its read model, which was written all the time, is then the same as one that is
 * made from nothing out of the blocks, and as the world state; and the commands say so.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { systemClock } from '../../../gateway/fabric/clock.js';
import { OwnBlocks } from '../../../gateway/fabric/own-blocks.js';
import { catchUp } from '../../../gateway/projection/catch-up.js';
import { linkedBlocks } from '../../../gateway/projection/linked-blocks.js';
import { openTables } from '../../../gateway/projection/open-tables.js';
import { readProfile } from '../../../gateway/config.js';
import { startNetwork } from '../../../network/network.js';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { aProjector, copyOf } from '../../support/read-model.js';
import { EVERYBODY, networkOptions, realNetwork, type RealNetwork } from '../../support/real-network.js';
import { SteadyLoad } from '../../support/steady-load.js';
import { until } from '../../support/until.js';

const KILLS = 3;
const BETWEEN_KILLS = 40;
const COMMAND = fileURLToPath(new URL('../../../gateway/projection/main.js', import.meta.url));
const NAME = 'gateway-reseller';

describe('read model of a gateway that is killed', () => {
  let network: RealNetwork;
  let scene: LiveScene;
  let load: SteadyLoad;
  let directory: string;

  const profileFile = () => network.plan.organizations.find(({ name }) => name === 'reseller')!.directory.profileFile;
  /** Asks again while it says that it is behind. */
  async function get(path: string): Promise<Record<string, unknown>> {
    let answer: Response | undefined;
    await until(async () => (answer = await fetch(`${network.reseller.url}${path}`)).status !== 503);
    expect(answer?.status).to.equal(200);
    return (await answer?.json()) as Record<string, unknown>;
  }

  async function stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    process.kill(network.processes.running(NAME)!.pid, signal);
    await until(() => network.processes.running(NAME) === undefined);
  }

  /** @returns exit code and what it printed */
  async function command(name: string): Promise<readonly [code: number, output: string]> {
    const env = { ...process.env, GUICHET_PROFILE: profileFile() };
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, name], { env });
      return [0, stdout];
    } catch (error) {
      const { code, stderr } = error as { code: number; stderr: string };
      return [code, stderr];
    }
  }

  before(async () => {
    network = await realNetwork();
    directory = readProfile(profileFile()).projectionDir;
    scene = liveScene({}, { pool: { section: 'standing', from: 1, to: 90_000 } });
    await network.organizer.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
    load = new SteadyLoad({ seller: network.reseller, pool: scene.floor, buyers: 6, resellEvery: 4 });
  });
  // Where the network did not even start there is no load.
  after(() => (load as SteadyLoad | undefined)?.abandon());

  it('is there after each kill, with every sale that was acknowledged', async () => {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await load.progress(BETWEEN_KILLS);
      await stop('SIGKILL');
      await startNetwork(networkOptions);
      await load.progress(1);
    }
    await load.progress(BETWEEN_KILLS);
    await load.stop();
    expect(load.refused).to.deep.equal([]);
    const { height } = await network.reseller.client.ready();
    const { free } = await get(`/v1/events/${scene.event.event}/availability?min-block=${height - 1}`);
    expect(free).to.equal(90_000 - load.acknowledged.length);
  });

  it('is nobody else’s while the gateway runs', async () => {
    const [code, output] = await command('verify');
    expect(code).to.equal(1);
    expect(output).to.include(directory);
  });

  it('is the same as one that is made from nothing', async () => {
    await stop('SIGTERM');
    const kept = await openTables({ directory }, () => undefined);
    const made = await openTables({ memory: true }, () => undefined);
    try {
      const { connection } = network.reseller.ledger;
      const { channel, chaincode } = connection.profile;
      const blocks = linkedBlocks(new OwnBlocks({ connection, clock: systemClock }), chaincode);
      for (const db of [kept, made]) await catchUp(aProjector(db, { channel, chaincode }), blocks);
      const [was, is] = [await copyOf(kept), await copyOf(made)];
      expect(was).to.deep.equal(is);
      expect(is.tickets!.length).to.be.at.least(load.acknowledged.length);
      expect(is.resales!.length).to.be.at.least(load.soldOn.length).and.at.least(1);
    } finally {
      await kept.destroy();
      await made.destroy();
    }
  });

  it('is the same as the world state, and a row that is not is found and mended', async () => {
    expect((await command('verify'))[0]).to.equal(0);
    const db = await openTables({ directory }, () => undefined);
    const place = 'standing:1';
    await db
      .updateTable('tickets')
      .set({ holder: 'nobody' })
      .where('event', '=', scene.event.event)
      .where('place', '=', place)
      .execute();
    await db.destroy();
    const [code, output] = await command('verify');
    expect(code).to.equal(1);
    expect(output).to.include(`different: tickets ${scene.event.event}/${place}`);
    expect((await command('rebuild'))[0]).to.equal(0);
    expect((await command('verify'))[0]).to.equal(0);
  });

  it('goes on from there', async () => {
    await startNetwork(networkOptions);
    const { height } = await network.reseller.client.ready();
    await until(async () => ((await get('/v1/search/status')).height as number) >= height);
    const { places } = await get(`/v1/events/${scene.event.event}/availability`);
    expect(places).to.equal(90_000);
  });
});
