import { expect } from 'chai';
import { KeptAnswers, LEASE_MS, PER_SHELF } from '../../../../gateway/answers/kept-answers.js';
import { SHELVES, slotOf } from '../../../../gateway/answers/slot.js';
import { GatewayError } from '../../../../gateway/errors.js';
import type { Reply } from '../../../../gateway/http/operation.js';
import type { Store } from '../../../../gateway/store/open-store.js';
import { codeOf } from '../../../support/code-of.js';
import { lendStore } from '../../../support/lent-databases.js';

const STORE_KEY = Buffer.alloc(32, 7);
const DAY_MS = 24 * 60 * 60 * 1000;
const REQUEST = {
  key: 'a-key-of-mine',
  caller: 'key:0123456789abcdef',
  operation: 'replayWebhook',
  asked: { from: 1 },
};
const OTHER = { ...REQUEST, asked: { from: 2 } };
const ANSWER: Reply = { status: 200, body: { secret: 'whsec_of-somebody' } };

describe('kept answers', () => {
  let store: Store;
  let now: number;
  let warnings: string[];
  before(async () => {
    store = await lendStore();
  });
  after(() => store.destroy());
  beforeEach(async () => {
    await store.deleteFrom('kept_answers').execute();
    now = 1_000_000;
    warnings = [];
  });

  const aGateway = (of = store, perShelf?: number) =>
    new KeptAnswers({
      ...{ store: of, key: STORE_KEY, nowMs: () => now, ...(perShelf !== undefined && { perShelf }) },
      report: (_, message) => void warnings.push(message),
    });
  const counted = (answer: () => Promise<Reply> = () => Promise.resolve(ANSWER)) => {
    const run = () => ((run.times += 1), answer());
    run.times = 0;
    return run;
  };
  /** One that is carried out until it is told how it ended. */
  const underWay = async (at: KeptAnswers) => {
    let end!: (answer: Reply) => void;
    let begun!: () => void;
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const answered = at.repeat(REQUEST, () => {
      begun();
      return new Promise((resolve) => (end = resolve));
    });
    await hasBegun;
    return { answered, end };
  };

  it('are given again at every gateway that shares the store, and nothing is done twice', async () => {
    const run = counted();
    expect(await aGateway().repeat(REQUEST, run)).to.equal(ANSWER);
    for (const at of [aGateway(), aGateway()])
      expect(await at.repeat(REQUEST, run)).to.deep.equal({ ...ANSWER, headers: { 'Idempotency-Replayed': 'true' } });
    expect([run.times, await codeOf(aGateway().repeat(OTHER, run))]).to.deep.equal([1, 'IDEMPOTENCY_KEY_REUSED']);
  });

  it('are each caller’s own', async () => {
    const run = counted();
    await aGateway().repeat(REQUEST, run);
    await aGateway().repeat({ ...OTHER, caller: 'operator:operator' }, run);
    expect(run.times).to.equal(2);
  });

  it('are not there while the first is under way', async () => {
    const { answered, end } = await underWay(aGateway());
    const run = counted();
    expect(await codeOf(aGateway().repeat(REQUEST, run))).to.equal('IDEMPOTENCY_KEY_IN_USE');
    expect(await codeOf(aGateway().repeat(OTHER, run))).to.equal('IDEMPOTENCY_KEY_REUSED');
    end(ANSWER);
    expect([await answered, run.times]).to.deep.equal([ANSWER, 0]);
  });

  it('of a gateway that died are made by another one, once, when its time is over', async () => {
    const died = await underWay(aGateway());
    const run = counted();
    now += LEASE_MS - 1;
    expect(await codeOf(aGateway().repeat(REQUEST, run))).to.equal('IDEMPOTENCY_KEY_IN_USE');
    now += 1;
    expect(await codeOf(aGateway().repeat(OTHER, run))).to.equal('IDEMPOTENCY_KEY_REUSED');
    const both = [aGateway().repeat(REQUEST, run), aGateway().repeat(REQUEST, run)];
    const taken = await Promise.all(
      both.map((each) =>
        each.then(
          ({ status }) => status,
          () => 'refused',
        ),
      ),
    );
    expect([run.times, taken[0]]).to.deep.equal([1, 200]);
    // It was not dead after all: what it says comes too late to be kept.
    died.end({ status: 201, body: {} });
    expect((await died.answered).status).to.equal(201);
    expect((await aGateway().repeat(REQUEST, run)).status).to.equal(200);
  });

  it('are none of a refusal, which may be corrected', async () => {
    const refused = () => Promise.reject(new GatewayError('UNKNOWN_WEBHOOK'));
    expect(await codeOf(aGateway().repeat(REQUEST, refused))).to.equal('UNKNOWN_WEBHOOK');
    expect((await aGateway().repeat(OTHER, counted())).status).to.equal(200);
  });

  it('are none where nobody knows what came of it: the same may be sent again, and nothing else', async () => {
    const failed = () => Promise.reject(new GatewayError('OUTCOME_UNKNOWN'));
    expect(await codeOf(aGateway().repeat(REQUEST, failed))).to.equal('OUTCOME_UNKNOWN');
    expect(await codeOf(aGateway().repeat(OTHER, counted()))).to.equal('IDEMPOTENCY_KEY_REUSED');
    expect((await aGateway().repeat(REQUEST, counted())).headers).to.equal(undefined);
  });

  it('are forgotten after a day', async () => {
    const run = counted();
    await aGateway().repeat(REQUEST, run);
    now += DAY_MS - 1;
    await aGateway().repeat(REQUEST, run);
    expect(run.times).to.equal(1);
    now += 1;
    await aGateway().repeat(OTHER, run);
    expect(run.times).to.equal(2);
    expect(await store.selectFrom('kept_answers').selectAll().execute()).to.have.length(1);
  });

  describe('of a caller who has many', () => {
    const PER_SHELF_HERE = 2;
    /** Whose answers are kept on the shelf of `REQUEST`. */
    const beside = Array.from({ length: 2_000 }, (_, at) => ({ ...REQUEST, key: `key-${at}` })).filter(
      (each) => slotOf(STORE_KEY, each).shelf === slotOf(STORE_KEY, REQUEST).shelf,
    );
    const [second, third, fourth] = beside as [typeof REQUEST, typeof REQUEST, typeof REQUEST];
    const here = () => aGateway(store, PER_SHELF_HERE);
    const refusalOf = async (asked: typeof REQUEST): Promise<GatewayError> => {
      const run = counted();
      try {
        await here().repeat(asked, run);
      } catch (error) {
        expect([error instanceof GatewayError, run.times]).to.deep.equal([true, 0]);
        return error as GatewayError;
      }
      throw new Error('it was not refused');
    };

    it('are so many and no more, at all gateways together, and nothing is done beyond', async () => {
      await here().repeat(REQUEST, counted());
      now += 10_000;
      await here().repeat(second, counted());
      const { code, details } = await refusalOf(third);
      expect(code).to.equal('IDEMPOTENCY_LIMIT_REACHED');
      expect(details).to.deep.equal({
        ...{ field: 'Idempotency-Key', limit: SHELVES * PER_SHELF_HERE, retryAfterS: DAY_MS / 1000 - 10 },
      });
    });

    it('are given again all the same, with what else is said of their keys', async () => {
      for (const each of [REQUEST, second]) await here().repeat(each, counted());
      const run = counted();
      for (const each of [REQUEST, second])
        expect((await here().repeat(each, run)).headers).to.deep.equal({ 'Idempotency-Replayed': 'true' });
      expect([await codeOf(here().repeat(OTHER, run)), run.times]).to.deep.equal(['IDEMPOTENCY_KEY_REUSED', 0]);
    });

    it('leave room for another as soon as one is forgotten, and not before', async () => {
      await here().repeat(REQUEST, counted());
      now += 1;
      await here().repeat(second, counted());
      now += DAY_MS - 2;
      expect((await refusalOf(third)).details.retryAfterS).to.equal(1);
      now += 1;
      expect((await here().repeat(third, counted())).status).to.equal(200);
      expect((await refusalOf(fourth)).code).to.equal('IDEMPOTENCY_LIMIT_REACHED');
    });

    it('take no room where they were refused', async () => {
      await here().repeat(REQUEST, counted());
      const refused = () => Promise.reject(new GatewayError('UNKNOWN_WEBHOOK'));
      for (const each of [second, third]) await codeOf(here().repeat(each, refused));
      expect((await here().repeat(fourth, counted())).status).to.equal(200);
    });

    it('let one that died be made again', async () => {
      const died = await underWay(here());
      await here().repeat(second, counted());
      now += LEASE_MS;
      expect((await here().repeat(REQUEST, counted())).status).to.equal(200);
      died.end(ANSWER);
      await died.answered;
    });

    it('take none of another caller’s room', async () => {
      for (const each of [REQUEST, second]) await here().repeat(each, counted());
      for (const each of [REQUEST, second, third]) {
        const { shelf } = slotOf(STORE_KEY, { ...each, caller: 'operator:operator' });
        expect(shelf.split('.')[0]).not.to.equal(slotOf(STORE_KEY, each).shelf.split('.')[0]);
      }
      expect((await here().repeat({ ...third, caller: 'operator:operator' }, counted())).status).to.equal(200);
    });

    it('are 100,000, on shelves that fill alike', () => {
      const counts = new Map<string, number>();
      for (let at = 0; at < SHELVES * 100; at += 1) {
        const { shelf } = slotOf(STORE_KEY, { ...REQUEST, key: `some-key-${at}` });
        counts.set(shelf, (counts.get(shelf) ?? 0) + 1);
      }
      expect([SHELVES * PER_SHELF, counts.size]).to.deep.equal([100_000, SHELVES]);
      // A hundred each, with a standard deviation of ten.
      expect(Math.min(...counts.values())).to.be.above(50);
      expect(Math.max(...counts.values())).to.be.below(150);
    });
  });

  it('tell whoever has the database neither secrets nor who asked what', async () => {
    await aGateway().repeat(REQUEST, counted());
    const rows = await store.selectFrom('kept_answers').selectAll().execute();
    const all = JSON.stringify(rows) + Buffer.from(rows[0]!.answer!, 'base64url').toString('latin1');
    for (const said of ['whsec', 'mine', '0123456789abcdef', 'replayWebhook', 'from']) expect(all).not.to.include(said);
  });

  it('keep nothing from being refused before it is done, where the store does not answer', async () => {
    const gone = await lendStore();
    const run = counted(() => gone.destroy().then(() => ANSWER));
    expect(await aGateway(gone).repeat(REQUEST, run)).to.equal(ANSWER);
    expect(warnings).to.deep.equal(['what came of a request with an Idempotency-Key could not be noted']);
    expect([await codeOf(aGateway(gone).repeat(REQUEST, run)), run.times]).to.deep.equal(['STORE_UNAVAILABLE', 1]);
  });
});
