/** A gateway is killed (SIGKILL) after it has submitted a command and before it has answered: its caller sends the same key again and gets the first receipt. */
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { startNetwork } from '../../../network/network.js';
import { networkOptions, realNetwork, type RealNetwork } from '../../support/real-network.js';
import { call } from '../../support/rest.js';
import { until } from '../../support/until.js';

const GATEWAY = 'gateway-organizer';
/** Half of a block's time at first, then later after a kill that came before the submission, sooner after one that came after the answer. */
const KILL_AFTER_MS = 120;
const [LATER, SOONER] = [1.4, 0.8];
const ATTEMPTS = 12;

describe('Idempotency-Key after kill -9 between submit and reply', () => {
  let network: RealNetwork;
  before(async () => {
    network = await realNetwork();
  });
  after(() => startNetwork(networkOptions));

  const set = (key: string, transfer: 'allowed' | undefined) =>
    call(network.organizer, 'POST', '/v1/policies', JSON.stringify({ policy: { ...(transfer && { transfer }) } }), {
      'Idempotency-Key': key,
    });
  const version = async () => (await network.organizer.client.organizationPolicy('OrganizerMSP')).version;

  it('is done once, answered with its first receipt, and never with another body', async () => {
    await set('first-of-all', 'allowed');
    let before = await version();
    let killAfterMs = KILL_AFTER_MS;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const key = `killed-${attempt}-between`;
      const answer = set(key, 'allowed').then(
        ({ status }) => status,
        () => undefined,
      );
      await sleep(killAfterMs);
      process.kill(network.processes.running(GATEWAY)!.pid, 'SIGKILL');
      const status = await answer;
      await until(() => network.processes.running(GATEWAY) === undefined);
      await startNetwork(networkOptions);
      const again = await set(key, 'allowed');
      const { id } = (await again.json()) as { id: string };
      expect(id).to.equal(key);
      await until(async () => (await version()) > before);
      expect(await version()).to.equal(before + 1);
      before += 1;
      const other = await set(key, undefined);
      expect([other.status, ((await other.json()) as { code: string }).code]).to.deep.equal([
        422,
        'IDEMPOTENCY_KEY_REUSED',
      ]);
      const wasSubmitted = again.headers.get('Idempotency-Replayed') === 'true';
      if (status === undefined && wasSubmitted) return;
      killAfterMs *= status === undefined ? LATER : SOONER;
    }
    throw new Error(`in ${ATTEMPTS} attempts the gateway never died between submit and reply`);
  });
});
