import { expect } from 'chai';
import { Metrics } from '../../../../gateway/metrics/metrics.js';
import { aGateway, type TestGateway } from '../http/a-gateway.js';
import { anOpenEvent, EVENT } from '../http/a-scene.js';
import { OPERATOR, send } from '../http/raw.js';

const textOf = async ({ url }: TestGateway, headers: Readonly<Record<string, string>> = OPERATOR) => {
  const response = await fetch(`${url}/metrics`, { headers });
  return { status: response.status, type: response.headers.get('Content-Type'), text: await response.text() };
};

/** The value of one sample, undefined where there is none. */
const valueIn = (text: string, sample: string): number | undefined => {
  const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
  return line === undefined ? undefined : Number(line.slice(sample.length + 1));
};

describe('metrics', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await aGateway();
    await anOpenEvent(gateway);
  });
  afterEach(() => gateway.close());

  it('count requests by operation and status, and problems by their code', async () => {
    await send(gateway, { path: `/v1/events/${EVENT}` });
    await send(gateway, { path: '/v1/events/OrganizerMSP:nowhere' });
    await send(gateway, { path: '/v1/no-such-thing' });
    const { status, type, text } = await textOf(gateway);
    expect([status, type]).to.deep.equal([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(valueIn(text, 'guichet_http_requests_total{operation="getEvent",status="200"}')).to.equal(1);
    expect(valueIn(text, 'guichet_http_requests_total{operation="getEvent",status="404"}')).to.equal(1);
    expect(valueIn(text, 'guichet_http_requests_total{operation="none",status="404"}')).to.equal(1);
    expect(valueIn(text, 'guichet_problems_total{code="UNKNOWN_EVENT"}')).to.equal(1);
    expect(valueIn(text, 'guichet_http_request_seconds_count{operation="getEvent"}')).to.equal(2);
    expect(valueIn(text, 'guichet_ledger_height_blocks')).to.equal(gateway.network.height);
  });

  it('are the operator’s', async () => {
    const { status, text } = await textOf(gateway, {});
    expect([status, (JSON.parse(text) as { code: string }).code]).to.deep.equal([401, 'UNAUTHENTICATED']);
  });

  it('name nobody and nothing that was asked for', async () => {
    const holder = 'h'.repeat(43);
    await send(gateway, { path: `/v1/events/${EVENT}/holders/${holder}` });
    const { text } = await textOf(gateway);
    expect(text).to.include('operation="getHolder"');
    for (const said of [holder, EVENT]) expect(text).not.to.include(said);
  });

  it('say how batches went, how full the lanes are, and how far the read model is behind', async () => {
    const lag = { blocks: 2, ms: 150 };
    const metrics = new Metrics(() => ({
      lanes: { waiting: 3, inFlight: 2 },
      reads: { reading: 5, limit: 40, shed: 6 },
      height: 9,
      lag,
    }));
    metrics.delivered({ commands: 40, durationMs: 300 });
    const text = await metrics.text();
    expect(valueIn(text, 'guichet_batch_commands_bucket{le="20"}')).to.equal(0);
    expect(valueIn(text, 'guichet_batch_commands_bucket{le="50"}')).to.equal(1);
    expect(valueIn(text, 'guichet_commit_seconds_sum')).to.equal(0.3);
    expect(valueIn(text, 'guichet_lane_waiting')).to.equal(3);
    expect(valueIn(text, 'guichet_lane_in_flight')).to.equal(2);
    expect(valueIn(text, 'guichet_reads_shed')).to.equal(6);
    expect(valueIn(text, 'guichet_projection_lag_blocks')).to.equal(2);
    expect(valueIn(text, 'guichet_projection_lag_seconds')).to.equal(0.15);
  });
});
