import { expect } from 'chai';
import { FAULT_CODES } from '../../../../chaincode/crypto/fault.js';
import { NODE_CODES, NodeError } from '../../../../committee/errors.js';
import { PROBLEM_CODES, problemSchema, statusOf } from '../../../../committee/http/problem.js';
import { paths } from '../../../../committee/messages/index.js';
import { OPENING } from '../node/a-scene.js';
import { anApi, bodiesOf, type Answer, type TestApi } from './an-api.js';

const PROOF = 'A'.repeat(87);
const told = ({ status, body }: Answer): unknown[] => [status, body.code, body.field];
const shapeOf = (answer: Answer): void => {
  expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
  expect(problemSchema.safeParse(answer.body).error).to.equal(undefined);
  expect(answer.body).to.deep.include({
    type: `urn:guichet:problem:${String(answer.body.code)}`,
    status: answer.status,
    instance: answer.headers.get('x-request-id'),
  });
  expect(answer.text).not.to.match(/\.[jt]s\b|node_modules| at /);
};

describe("a node's problems", () => {
  let api: TestApi;
  before(async () => {
    api = await anApi();
  });
  after(() => api.close());

  it('has a status for every code', () => {
    for (const code of NODE_CODES) expect(statusOf(code), code).to.be.within(400, 599);
    for (const code of FAULT_CODES) expect(statusOf(code), code).to.equal(422);
    expect(new Set(PROBLEM_CODES).size).to.equal(PROBLEM_CODES.length);
  });

  it('are 404 for what is not there, and 405 with Allow for another method', async () => {
    for (const path of ['/', '/v1', '/v1/nothing', '/v1/%E0%A4%A', '/../etc/passwd'])
      expect(told(await api.send({ path })), path).to.deep.equal([404, 'NOT_FOUND', undefined]);
    for (const [method, path, allow] of [
      ['GET', paths.evaluatePerson, 'POST'],
      ['DELETE', paths.signCredential, 'POST'],
      ['PUT', '/v1/node', 'GET'],
      ['POST', '/health/live', 'GET'],
      ['POST', '/metrics', 'GET'],
    ] as const) {
      const answer = await api.send({ method, path });
      expect(told(answer), path).to.deep.equal([405, 'METHOD_NOT_ALLOWED', undefined]);
      expect(answer.headers.get('allow')).to.include(allow);
      shapeOf(answer);
    }
  });

  describe('of a body', () => {
    const cases: readonly (readonly [string, string | Uint8Array<ArrayBuffer>, Record<string, string>, unknown[]])[] = [
      ['that is no JSON', '{"handle":', {}, [400, 'MALFORMED_BODY', undefined]],
      ['that is text in JSON', '"handle"', {}, [400, 'MALFORMED_BODY', undefined]],
      ['that is null', 'null', {}, [400, 'MALFORMED_BODY', undefined]],
      ['that is no UTF-8', Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d), {}, [400, 'MALFORMED_BODY', undefined]],
      ['that is a list', '[]', {}, [400, 'INVALID_FIELD', '']],
      [
        'of another media type',
        'handle=1',
        { 'Content-Type': 'application/x-www-form-urlencoded' },
        [415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type'],
      ],
      ['of no media type', '{}', { 'Content-Type': 'x' }, [415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type']],
      [
        'that is packed',
        Uint8Array.of(31, 139, 8, 0),
        { 'Content-Encoding': 'gzip' },
        [415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Encoding'],
      ],
      ['that is too large', JSON.stringify({ handle: 'x'.repeat(33_000) }), {}, [413, 'BODY_TOO_LARGE', undefined]],
      ['with a member that is too long', `{"handle":"${'x'.repeat(4_097)}"}`, {}, [400, 'INVALID_FIELD', 'handle']],
      ['with an unknown member', `{"handle":"a.b.c","proof":"${PROOF}","name":1}`, {}, [400, 'UNKNOWN_FIELD', 'name']],
      [
        'with a member of another prototype',
        '{"handle":"a.b.c","__proto__":{}}',
        {},
        [400, 'MALFORMED_BODY', undefined],
      ],
      ['without its member', '{}', {}, [400, 'INVALID_FIELD', 'handle']],
      [
        'with a member of another type',
        `{"handle":["a.b.c"],"proof":"${PROOF}"}`,
        {},
        [400, 'INVALID_FIELD', 'handle'],
      ],
      [
        'with something else than a statement',
        `{"handle":"a.b.c","proof":"${PROOF}"}`,
        {},
        [400, 'MALFORMED_STATEMENT', 'handle'],
      ],
    ];
    for (const [what, body, headers, expected] of cases)
      it(what, async () => {
        const answer = await api.send({ method: 'POST', path: paths.evaluatePerson, body, headers });
        expect(told(answer)).to.deep.equal(expected);
        shapeOf(answer);
      });

    it('that is not there is like an empty one', async () => {
      const answer = await api.send({ method: 'POST', path: paths.evaluatePerson });
      expect(told(answer)).to.deep.equal([400, 'INVALID_FIELD', 'handle']);
    });
  });

  it('name every member of every operation that is missing, of another type or unknown', async () => {
    for (const [path, body] of Object.entries(bodiesOf(api.scene))) {
      for (const member of Object.keys(body)) {
        const without = Object.fromEntries(Object.entries(body).filter(([name]) => name !== member));
        for (const wrong of [without, { ...body, [member]: true }, { ...body, [member]: null }]) {
          const answer = await api.post(path, wrong);
          expect(told(answer), `${path} ${member}`).to.deep.equal([400, 'INVALID_FIELD', member]);
        }
      }
      expect(told(await api.post(path, { ...body, name: 'Alice' }))).to.deep.equal([400, 'UNKNOWN_FIELD', 'name']);
    }
  });

  it('name what is below a member too', async () => {
    const path = paths.signCredential;
    const { event } = OPENING;
    const body = api.scene.request({ event });
    const [one, ...rest] = body.evaluations;
    for (const [wrong, code, field] of [
      [{ ...one, index: 0 }, 'INVALID_FIELD', 'evaluations[0].index'],
      [{ ...one, index: 1.5 }, 'INVALID_FIELD', 'evaluations[0].index'],
      [{ ...one, element: 'A' }, 'INVALID_FIELD', 'evaluations[0].element'],
      [{ ...one, name: 1 }, 'UNKNOWN_FIELD', 'evaluations[0].name'],
    ] as const) {
      const answer = await api.post(path, { ...body, evaluations: [wrong, ...rest] });
      expect(told(answer)).to.deep.equal([400, code, field]);
    }
    for (const [wrong, status, code, field] of [
      [{ evaluations: [] }, 400, 'INVALID_FIELD', 'evaluations'],
      [{ evaluations: Array.from({ length: 300 }, () => 1) }, 400, 'INVALID_FIELD', 'evaluations'],
      [{ event: 'nothing' }, 400, 'INVALID_FIELD', 'event'],
      [{ event: 'OrganizerMSP:nothing' }, 404, 'UNKNOWN_EVENT', 'event'],
      [{ combined: 'A'.repeat(44) }, 422, 'POINT_INVALID', 'combined'],
      [{ unblinded: `A${'_'.repeat(43)}` }, 422, 'POINT_INVALID', 'unblinded'],
      [{ proof: '_'.repeat(86) }, 422, 'PROOF_INVALID', 'proof'],
    ] as const) {
      const answer = await api.post(path, { ...body, ...wrong });
      expect(told(answer), field).to.include.members([status, code]);
      expect(String(answer.body.field)).to.match(new RegExp(`^${field}`));
      shapeOf(answer);
    }
  });

  it('are those of the handlers, with field and details', async () => {
    const answer = await api.post(paths.evaluatePerson, api.scene.personEvaluation({ attestor: 'VenueMSP' }));
    expect(told(answer)).to.deep.equal([403, 'OWN_ATTESTOR', 'handle.attestor']);
    shapeOf(answer);
    const few = await anApi({ limits: { master: 1 } });
    await few.post(paths.evaluatePerson, few.scene.personEvaluation());
    const { status, body } = await few.post(paths.evaluatePerson, few.scene.personEvaluation());
    expect([status, body.code, body.details]).to.deep.equal([
      429,
      'ATTESTOR_LIMIT_REACHED',
      { field: 'handle', kind: 'master', limitPerDay: 1 },
    ]);
    await few.close();
  });

  for (const [code, status, retryAfter] of [
    ['KEY_NOT_USABLE', 409, '2'],
    ['NO_SHARE', 409, null],
    ['LEDGER_UNAVAILABLE', 503, '2'],
    ['LEDGER_DISAGREES', 502, '2'],
    ['STORE_FULL', 507, null],
  ] as const)
    it(`are ${status} for ${code}`, async () => {
      const other = await anApi({ served: { keys: { of: () => Promise.reject(new NodeError(code)) } } });
      const answer = await other.post(paths.evaluatePerson, { handle: 'a.b.c', proof: PROOF });
      expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).to.deep.equal([
        status,
        code,
        retryAfter,
      ]);
      shapeOf(answer);
      await other.close();
    });

  describe('that nobody foresaw', () => {
    const broken = async (served: Parameters<typeof anApi>[0]) => {
      const other = await anApi(served);
      const answer = await other.post(paths.evaluatePerson, other.scene.personEvaluation());
      const log = other.log.join('');
      await other.close();
      return { answer, log };
    };

    it('tell nothing, and are logged by what they say', async () => {
      const of = () => Promise.reject(new Error('the password of 10.0.0.1 is wrong'));
      const { answer, log } = await broken({ served: { keys: { of } } });
      expect([answer.status, answer.body.code, answer.body.details]).to.deep.equal([500, 'INTERNAL', {}]);
      expect(answer.text).not.to.include('password');
      shapeOf(answer);
      expect(log).to.include('the password of 10.0.0.1 is wrong').and.to.include(String(answer.body.instance));
    });

    it('bring neither a secret nor what was asked into the log, whatever was put into them', async () => {
      const [secret, name] = ['NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', 'Lovelace'];
      let asked = '';
      const of = () => {
        const cause = Object.assign(new SyntaxError(`Unexpected token in ${asked}`), { parameters: [secret, asked] });
        throw Object.assign(new Error(`no share ${secret} of ${name}\n    at ${secret}:1:1`, { cause }), {
          ...{ code: 'ERR_STORE', body: asked, secret },
        });
      };
      const other = await anApi({ served: { keys: { of } } });
      const body = other.scene.personEvaluation();
      asked = JSON.stringify(body);
      const answer = await other.post(paths.evaluatePerson, body);
      await other.close();
      expect(answer.status).to.equal(500);
      const line = other.log.find((each) => each.includes('a request failed'))!;
      const { err, requestId } = JSON.parse(line) as Record<string, Readonly<Record<string, unknown>>>;
      expect(requestId).to.equal(answer.body.instance);
      expect(err).to.include({ type: 'Error', code: 'ERR_STORE', message: 'no share … of … at …' });
      expect(err!.stack).to.match(/^ {4}at .*problems\.test\.[jt]s/);
      expect(err!.cause).to.include({ type: 'SyntaxError' });
      const sent = asked.match(/[A-Za-z0-9_-]{20,}/g)!;
      expect(sent).not.to.be.empty;
      for (const value of [secret, name, ...sent]) expect(other.log.join('')).not.to.include(value);
    });

    it('are ours where an answer breaks its own schema, and it is not sent', async () => {
      const scene = await anApi();
      const held = await scene.scene.services.keys.of('dedup');
      await scene.close();
      const wrong = { ...held, generation: { ...held.generation, epoch: 'secret' as unknown as number } };
      const { answer, log } = await broken({ served: { keys: { of: () => Promise.resolve(wrong) } } });
      expect([answer.status, answer.body.code]).to.deep.equal([500, 'INTERNAL']);
      expect(answer.text).not.to.include('secret');
      expect(log).to.include('answers against its own schema');
    });
  });
});
