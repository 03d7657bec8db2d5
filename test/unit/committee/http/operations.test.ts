import { connect } from 'node:net';
import { expect } from 'chai';
import { OPERATIONS } from '../../../../committee/http/operations.js';
import {
  answerSchemas,
  nodeSchema,
  paths,
  requestSchemas,
  type NodeOperation,
} from '../../../../committee/messages/index.js';
import { NodeError } from '../../../../committee/errors.js';
import { OPENING } from '../node/a-scene.js';
import { anApi, bodiesOf, STATUS, type TestApi } from './an-api.js';

const names = Object.keys(paths) as NodeOperation[];

describe("a node's interface", () => {
  let api: TestApi;
  before(async () => {
    api = await anApi();
  });
  after(() => api.close());

  for (const name of names)
    it(`answers ${name} as wallets and gates read it`, async () => {
      const body = bodiesOf(api.scene)[paths[name]];
      expect(requestSchemas[name].safeParse(body).success).to.equal(true);
      const { status, headers, body: answer } = await api.post(paths[name], body);
      expect(status).to.equal(200);
      expect(headers.get('content-type')).to.match(/^application\/json/);
      expect(answerSchemas[name].safeParse(answer).error).to.equal(undefined);
      const described = OPERATIONS.find(({ path }) => path === paths[name]);
      expect(described?.id).to.equal(name);
      expect(described?.response.safeParse(answer).error).to.equal(undefined);
    });

  it('says who the node is', async () => {
    const { status, body } = await api.send({ path: '/v1/node' });
    expect(status).to.equal(200);
    expect(body).to.deep.equal(JSON.parse(JSON.stringify(STATUS)));
    expect(nodeSchema.safeParse(body).success).to.equal(true);
  });

  it('says so too where the node has no place in the committee', async () => {
    const { mspId, node, jwk } = STATUS;
    const status = { ...STATUS, epoch: undefined, index: undefined, keys: [] };
    const other = await anApi({ served: { status } });
    const { body } = await other.send({ path: '/v1/node' });
    expect(body).to.deep.equal(JSON.parse(JSON.stringify({ mspId, node, jwk, keys: [] })));
    await other.close();
  });

  it('is live while it answers, and ready while it reaches the ledger', async () => {
    const down = { ...STATUS, ready: () => Promise.reject(new NodeError('LEDGER_UNAVAILABLE', { answered: 1 })) };
    const other = await anApi({ served: { status: down } });
    for (const path of ['/health/live', '/health/ready'])
      expect((await api.send({ path })).body, path).to.deep.equal({ status: 'ok' });
    expect((await other.send({ path: '/health/live' })).status).to.equal(200);
    const { status, headers, body } = await other.send({ path: '/health/ready' });
    expect([status, headers.get('retry-after'), body.code]).to.deep.equal([503, '2', 'LEDGER_UNAVAILABLE']);
    await other.close();
  });

  it('counts what it answered by operation and code, and nothing that a caller chose', async () => {
    const other = await anApi();
    await other.send({ path: '/v1/node' });
    await other.send({ path: '/v1/node' });
    await other.send({ path: '/v1/alice' });
    await other.post('/v1/enrolments/evaluations', { handle: 'alice', proof: 'A'.repeat(87) });
    const { headers, text } = await other.send({ path: '/metrics' });
    expect(headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
    expect(text.split('\n')).to.deep.equal([
      '# HELP guichet_committee_requests_total Requests by operation and what was answered.',
      '# TYPE guichet_committee_requests_total counter',
      'guichet_committee_requests_total{operation="getNode",code="ok"} 2',
      'guichet_committee_requests_total{operation="none",code="NOT_FOUND"} 1',
      'guichet_committee_requests_total{operation="evaluatePerson",code="MALFORMED_STATEMENT"} 1',
      '',
    ]);
    await other.close();
  });

  it('may be asked by any page, for wallets in browsers ask nodes of several origins', async () => {
    const headers = { Origin: 'https://shop.example', 'Access-Control-Request-Method': 'POST' };
    const asked = await api.send({ method: 'OPTIONS', path: paths.evaluatePerson, headers });
    expect([asked.status, asked.text]).to.deep.equal([204, '']);
    expect(asked.headers.get('access-control-allow-headers')).to.equal('content-type');
    expect(asked.headers.get('access-control-allow-methods')).to.equal('GET,POST');
    for (const answer of [
      asked,
      await api.send({ path: '/v1/node' }),
      await api.post(paths.evaluatePerson, {}),
      await api.send({ path: '/v1/nothing' }),
    ]) {
      expect(answer.headers.get('access-control-allow-origin')).to.equal('*');
      expect(answer.headers.get('access-control-allow-credentials')).to.equal(null);
    }
  });

  it('takes no more at a time than it can, and can be watched meanwhile', async () => {
    let release = (): void => undefined;
    const waiting = new Promise<never>((_, reject) => (release = () => reject(new NodeError('NO_SHARE'))));
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const busy = await anApi({ maxInFlight: 1, served: { keys: { of: () => (begin(), waiting) } } });
    const body = busy.scene.personEvaluation();
    const first = busy.post(paths.evaluatePerson, body);
    await begun;
    const { status, headers, text } = await busy.post(paths.evaluatePerson, body);
    expect([status, headers.get('retry-after')]).to.deep.equal([503, '1']);
    expect(text).to.include('BUSY');
    expect((await busy.send({ path: '/metrics' })).status).to.equal(200);
    release();
    expect((await first).body.code).to.equal('NO_SHARE');
    expect((await busy.post(paths.evaluatePerson, body)).body.code).to.equal('NO_SHARE');
    await busy.close();
  });

  it('keeps its places for whoever has sent the whole request', async () => {
    const busy = await anApi({ maxInFlight: 1 });
    const socket = connect(Number(new URL(busy.url).port), '127.0.0.1');
    const head = `POST ${paths.evaluatePerson} HTTP/1.1\r\nHost: node\r\nContent-Type: application/json`;
    await new Promise<void>((sent) => socket.write(`${head}\r\nContent-Length: 100\r\n\r\n{`, () => sent()));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await busy.post(paths.evaluatePerson, busy.scene.personEvaluation())).status).to.equal(200);
    socket.destroy();
    await busy.close();
  });

  it('logs a line for each request and nothing of what was in it', async () => {
    const asked = Object.entries(bodiesOf(api.scene));
    api.log.length = 0;
    const answers: string[] = [];
    for (const [path, body] of asked) {
      answers.push((await api.post(path, body)).text);
      await api.post(path, { ...body, event: 'OrganizerMSP:alice', name: 'Alice' });
      await api.send({ method: 'POST', path, body: '{"name": Alice' });
    }
    await api.send({ path: '/v1/alice?name=alice', headers: { 'X-Request-Id': 'alice', 'User-Agent': 'alice' } });
    expect(api.log).to.have.length(3 * asked.length + 1);
    const log = api.log.join('');
    const secrets = [...asked.map(([, body]) => JSON.stringify(body)), ...answers].flatMap(
      (text) => text.match(/[A-Za-z0-9_-]{20,}/g) ?? [],
    );
    expect(secrets.length).to.be.greaterThan(40);
    for (const secret of secrets) expect(log).not.to.include(secret);
    expect(log).not.to.match(/alice/i).and.not.to.include(OPENING.event);
    expect(log).to.include('"operation":"signCredential"').and.to.include('"code":"MALFORMED_BODY"');
  });
});
