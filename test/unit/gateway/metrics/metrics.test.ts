import { expect } from 'chai';
import { Metrics } from '../../../../gateway/metrics/metrics.js';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { ReadGate } from '../../../../gateway/http/middleware/shed-reads.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { until } from '../../../support/until.js';
import { aGateway, type TestGateway } from '../http/a-gateway.js';
import { HeldSubmitter } from '../http/a-held-submitter.js';
import { aFan, anOpenEvent, EVENT, newAllotment } from '../http/a-scene.js';
import { MemoryNetwork } from '../http/memory-network.js';
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

  describe('of refusals', () => {
    let way: HeldSubmitter;
    let selling: TestGateway;
    beforeEach(async () => {
      const network = new MemoryNetwork();
      way = new HeldSubmitter(network.submitterOf('OrganizerMSP'));
      selling = await aGateway({ network, submitter: way });
      await anOpenEvent(selling);
    });
    afterEach(() => selling.close());
    const countOf = async (code: string, at = selling) =>
      valueIn((await textOf(at)).text, `guichet_problems_total{code="${code}"}`);
    const sell = (prefer: string) => {
      const body = JSON.stringify({ request: aFan().request({ seats: ['floor:A:1'] }) });
      return send(selling, { method: 'POST', path: '/v1/sales', body, headers: { ...OPERATOR, Prefer: prefer } });
    };

    it('count what was refused after a 202', async () => {
      await selling.operator.closeSales(EVENT);
      way.hold();
      const { status, headers } = await sell('respond-async');
      expect([status, await countOf('SALES_NOT_OPEN')]).to.deep.equal([202, undefined]);
      way.release();
      const path = headers.get('location')!;
      await until(async () => (await send(selling, { path })).body.state !== 'pending');
      expect(await countOf('SALES_NOT_OPEN')).to.equal(1);
    });

    it('count once what was refused before its caller stopped waiting', async () => {
      await selling.operator.closeSales(EVENT);
      way.hold();
      const refused = sell('respond-async, wait=30');
      await until(() => way.waiting === 1);
      way.release();
      expect([(await refused).status, await countOf('SALES_NOT_OPEN')]).to.deep.equal([409, 1]);
    });

    it('count each of many', async () => {
      const stand = newAllotment({ allotment: 'stand', seats: { section: 'stand', rows: [['A', 1, 2]] } });
      const many = [stand, ...['b', 'c'].map((allotment) => newAllotment({ allotment }))];
      const path = `/v1/events/${EVENT}/allotments`;
      const { status } = await send(selling, { method: 'POST', path, body: JSON.stringify(many), headers: OPERATOR });
      expect([status, await countOf('SEATS_ALREADY_ALLOTTED')]).to.deep.equal([200, 2]);
    });

    it('count reads that were turned away', async () => {
      const readGate = new ReadGate({ clock: systemClock, maxReads: 0, minReads: 0, maxInLine: 0 });
      const busy = await aGateway({ readGate });
      try {
        for (let times = 0; times < 2; times += 1)
          expect((await send(busy, { path: `/v1/events/${EVENT}` })).status).to.equal(503);
        expect(await countOf('OVERLOADED', busy)).to.equal(2);
      } finally {
        await busy.close();
      }
    });
  });

  it('say how many reads stand in line for a place', async () => {
    // Time stands still: nobody is tired of the line.
    const readGate = new ReadGate({ clock: new VirtualClock(0), maxReads: 0, minReads: 0, maxInLine: 1 });
    const busy = await aGateway({ readGate });
    try {
      const inLine = async () => valueIn((await textOf(busy)).text, 'guichet_reads_in_line');
      expect(await inLine()).to.equal(0);
      const hanging = new AbortController();
      const standing = fetch(`${busy.url}/v1/events`, { signal: hanging.signal }).catch(() => 'hung up');
      await until(() => readGate.inLine === 1);
      expect(await inLine()).to.equal(1);
      hanging.abort();
      expect(await standing).to.equal('hung up');
      await until(() => readGate.inLine === 0);
      expect(await inLine()).to.equal(0);
    } finally {
      await busy.close();
    }
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
      reads: { reading: 5, limit: 40, shed: 6, inLine: 7, waiting: 8 },
      height: 9,
      lag,
    }));
    metrics.delivered({ commands: 40, durationMs: 300 });
    metrics.measured('lane-wait', 4);
    metrics.measured('endorse', 50);
    metrics.measured('submit-to-commit', 210);
    const text = await metrics.text();
    expect(valueIn(text, 'guichet_batch_commands_bucket{le="20"}')).to.equal(0);
    expect(valueIn(text, 'guichet_batch_commands_bucket{le="50"}')).to.equal(1);
    expect(valueIn(text, 'guichet_commit_seconds_sum')).to.equal(0.3);
    expect(valueIn(text, 'guichet_lane_wait_seconds_sum')).to.equal(0.004);
    expect(valueIn(text, 'guichet_endorse_seconds_sum')).to.equal(0.05);
    expect(valueIn(text, 'guichet_submit_to_commit_seconds_sum')).to.equal(0.21);
    expect(valueIn(text, 'guichet_lane_waiting')).to.equal(3);
    expect(valueIn(text, 'guichet_lane_in_flight')).to.equal(2);
    expect(valueIn(text, 'guichet_reads_shed')).to.equal(6);
    expect(valueIn(text, 'guichet_reads_in_line')).to.equal(7);
    expect(valueIn(text, 'guichet_reads_waiting')).to.equal(8);
    expect(valueIn(text, 'guichet_projection_lag_blocks')).to.equal(2);
    expect(valueIn(text, 'guichet_projection_lag_seconds')).to.equal(0.15);
  });
});
