/** Driving a market by hand, through a gateway's interface. */
import { expect } from 'chai';
import { marketKey } from '../../../../chaincode/domain/market/keys.js';
import { ABORTABLE, CLOSES, sealedMarket } from '../../../support/sealed-market.js';
import { until } from '../../../support/until.js';
import { closingsOf, escrowOf, recordsOf, withOrders } from '../markets/a-driven-market.js';
import { aGateway, TOKEN, type TestGateway } from './a-gateway.js';
import { HeldSubmitter } from './a-held-submitter.js';
import { MemoryNetwork } from './memory-network.js';
import { send } from './raw.js';

interface Advanced {
  readonly market: string;
  readonly state: string;
  readonly steps: readonly { readonly step: string; readonly tx?: string; readonly code?: string }[];
  readonly left: number;
  readonly awaited?: string;
}

describe('advancing a market by hand', () => {
  let gateway: TestGateway | undefined;
  let way: HeldSubmitter;
  afterEach(() => gateway?.close());

  async function aScene({ silent = [] as readonly number[] } = {}) {
    const market = withOrders(sealedMarket());
    const onWay = new MemoryNetwork();
    way = new HeldSubmitter(onWay.submitterOf('OrganizerMSP'));
    gateway = await aGateway({ network: onWay, submitter: way });
    const { network, url } = gateway;
    // The market's ledger under the gateway.
    Object.assign(network, { ledger: market.scene.ledger, now: CLOSES });
    Object.assign(gateway.services, { records: recordsOf(market), closings: closingsOf(market, silent) });
    const advance = async (id = market.id, token = TOKEN, more: Readonly<Record<string, string>> = {}) => {
      const headers = { authorization: `Bearer ${token}`, ...more };
      const response = await fetch(`${url}/v1/markets/${id}/advance`, { method: 'POST', headers });
      return { status: response.status, body: (await response.json()) as Advanced & { readonly code?: string } };
    };
    return { market, network, advance };
  }

  it('takes one set of steps after the other, and says what it waits for', async () => {
    const { market, advance } = await aScene();
    const taken: string[] = [];
    for (let calls = 0; calls < 20; calls += 1) {
      const { status, body } = await advance();
      expect(status).to.equal(200);
      expect(body.steps.every(({ tx }) => tx !== undefined)).to.equal(true);
      taken.push(...body.steps.map(({ step }) => step.split('.')[0]!));
      if (body.awaited === 'shares') for (const index of [1, 2, 3]) market.take(market.share(index), { now: CLOSES });
      else if (body.steps.length === 0) break;
    }
    expect([...new Set(taken)]).to.deep.equal([
      'close',
      'freeze',
      'root',
      'unseal',
      'read',
      'clear',
      'settle',
      'finish',
      'release',
    ]);
    expect(escrowOf(market)).to.equal(0);
  });

  it('names the step that is on its way to whoever does not wait, by which it is found', async () => {
    const { market, advance } = await aScene();
    way.hold();
    const { status, body } = await advance(market.id, TOKEN, { Prefer: 'respond-async' });
    const { command } = body as unknown as { readonly command: string };
    expect([status, command]).to.deep.equal([202, `${market.event}~c~${market.id}~market.close`]);
    way.release();
    const stateNow = async () => (await send(gateway!, { path: `/v1/commands/${command}` })).body.state;
    await until(async () => (await stateNow()) !== 'pending');
    expect(await stateNow()).to.equal('committed');
  });

  it('says which step was not taken and why', async () => {
    const { market, network, advance } = await aScene({ silent: [1, 2] });
    expect((await advance()).body).to.deep.equal({
      ...{ market: market.id, state: 'open', left: 0, steps: [{ step: 'close', code: 'NODES_TOO_FEW' }] },
    });
    network.now = ABORTABLE;
    expect((await advance()).body.steps.map(({ step, code }) => [step, code])).to.deep.equal([
      ['close', 'NODES_TOO_FEW'],
      ['abort', undefined],
    ]);
    expect(market.scene.ledger.read(marketKey(market.event, 1))!.silent).to.deep.equal([1, 2]);
  });

  it('is the operator’s, and of a market that there is', async () => {
    const { market, advance } = await aScene();
    const { status, body } = await advance(market.id, 'somebody-who-only-guesses-what-the-token-is');
    expect([status, body.code]).to.deep.equal([401, 'UNAUTHENTICATED']);
    const unknown = await advance(`${market.event}:m7`);
    expect([unknown.status, unknown.body.code]).to.deep.equal([404, 'UNKNOWN_MARKET']);
    const malformed = await advance(market.event);
    expect([malformed.status, malformed.body.code]).to.deep.equal([400, 'INVALID_FIELD']);
  });
});
