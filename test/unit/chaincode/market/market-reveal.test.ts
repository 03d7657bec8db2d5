/** Freeze and reveal: every order is in the root before anybody can open one, and t shares, each checked, give the key. */
import { expect } from 'chai';
import { fromBase64url } from '../../../../chaincode/crypto/bytes.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodeScalar } from '../../../../chaincode/crypto/scalar.js';
import { sharedKeyKey } from '../../../../chaincode/domain/committee-keys.js';
import { frozenPageKey, orderKey, shareKey } from '../../../../chaincode/domain/market/keys.js';
import { marketRoot, orderPages, pageRoot, slotLeaf } from '../../../../chaincode/domain/market/pages.js';
import { aKeyAdvance, aKeyGeneration } from '../../../support/committee.js';
import { secretNamed } from '../../../support/curve.js';
import { KeyGeneration, silent } from '../../../support/key-generation.js';
import { drive, pagesOf, SETTLING, steps, submitStep } from '../../../support/market-steps.js';
import { aBid, persons, sealedMarket, shareOf } from '../../../support/sealed-market.js';
import { newKey } from '../../../support/statements.js';
import { expectAccepted, expectRefusal } from '../../../support/world.js';

function withOrders() {
  const market = sealedMarket();
  const [ann, ben] = persons(market, 'Ann', 'Ben');
  market.take(market.order(ann, aBid()));
  market.take(market.order(ben, aBid(), { slot: 256 }));
  return market;
}

describe('freezing a market', () => {
  it('has every slot in one root, the empty ones too', () => {
    const market = drive(withOrders(), 'frozen');
    const { ledger } = market.scene;
    const roots = orderPages(market.terms.quotas).map(({ mspId, from, count }) =>
      pageRoot(
        nodeSuite,
        Array.from({ length: count }, (_, at) => {
          const slot = from + at;
          return slotLeaf({ market: market.id, mspId, slot }, ledger.read(orderKey(market.event, 1, mspId, slot)));
        }),
      ),
    );
    expect(roots).to.have.lengthOf(3);
    expect(fromBase64url(market.record.root!)).to.deep.equal(marketRoot(nodeSuite, roots));
    expect(market.record.orders).to.equal(2);
  });

  it('comes after the close, with every page', () => {
    const market = withOrders();
    expectRefusal(submitStep(market, steps.freeze(market, 0)), 'MARKET_NOT_CLOSED', 'market');
    drive(market, 'closed');
    for (const { page } of pagesOf(market).slice(1)) expectAccepted(submitStep(market, steps.freeze(market, page)));
    expectRefusal(submitStep(market, steps.root(market)), 'PAGES_MISSING', 'page');
    expectAccepted(submitStep(market, steps.freeze(market, 0)));
    expectAccepted(submitStep(market, steps.root(market)));
  });

  it('goes by the market’s own quotas: no page can be left out or put in', () => {
    const market = drive(withOrders(), 'closed');
    const quotas = { ResellerMSP: 256, VenueMSP: 3 };
    expectRefusal(submitStep(market, { ...steps.freeze(market, 0), quotas }), 'MARKET_MISMATCH', 'quotas');
    expectRefusal(submitStep(market, { ...steps.root(market), quotas: {} }), 'MARKET_MISMATCH', 'quotas');
    expectRefusal(submitStep(market, { ...steps.freeze(market, 0), page: 3 }), 'INVALID_FIELD', 'page');
    const many = { ...steps.root(market), quotas: { ResellerMSP: 20_000, VenueMSP: 1 } };
    expectRefusal(submitStep(market, many), 'INVALID_FIELD', 'quotas');
  });

  it('is done once for each page, whoever does it', () => {
    const market = drive(withOrders(), 'closed');
    expectAccepted(submitStep(market, steps.freeze(market, 0)));
    expect(submitStep(market, steps.freeze(market, 0), { caller: 'ResellerMSP' })).to.include({ replayed: true });
    expect(market.scene.ledger.read(frozenPageKey(market.event, 1, 0))).to.include({ orders: 1 });
  });
});

describe('revealing a market’s key', () => {
  it('takes any t shares', () => {
    const market = drive(withOrders(), 'frozen');
    for (const index of [4, 2]) expectAccepted(submitStep(market, market.share(index)));
    expectRefusal(submitStep(market, steps.unseal(market)), 'SHARES_TOO_FEW', 'nodes');
    expectAccepted(submitStep(market, market.share(3)));
    expect(expectAccepted(submitStep(market, steps.unseal(market)))).to.deep.include({ nodes: [2, 3, 4] });
    expect(market.record).to.include({ state: 'revealed', secret: encodeScalar(secretNamed('market')) });
  });

  it('is the same key from all four', () => {
    const market = drive(withOrders(), 'frozen');
    for (const index of [1, 2, 3, 4]) expectAccepted(submitStep(market, market.share(index)));
    expectAccepted(submitStep(market, steps.unseal(market)));
    expect(market.record.secret).to.equal(encodeScalar(secretNamed('market')));
  });

  it('refuses a share before the freeze and after the reveal', () => {
    const market = withOrders();
    expectRefusal(submitStep(market, market.share(1)), 'MARKET_NOT_FROZEN', 'market');
    drive(market, 'closed');
    expectRefusal(submitStep(market, market.share(1)), 'MARKET_NOT_FROZEN', 'market');
    drive(market, 'revealed');
    expect(expectRefusal(submitStep(market, market.share(3)), 'MARKET_NOT_FROZEN')).to.include({ state: 'revealed' });
  });

  it('refuses a share that is not the node’s, and names the node', () => {
    const market = drive(withOrders(), 'frozen');
    const refused = (index: number, share: string) =>
      expectRefusal(submitStep(market, market.share(index, { share })), 'SHARE_INVALID', 'statement.share');
    expect(refused(2, encodeScalar(shareOf(3)))).to.include({ index: 2 });
    expect(refused(1, encodeScalar(secretNamed('market')))).to.include({ index: 1 });
    expectRefusal(submitStep(market, market.share(1, { share: 'A'.repeat(43) })), 'SCALAR_INVALID', 'statement.share');
  });

  it('takes a share from its own node only, once, and of this root', () => {
    const market = drive(withOrders(), 'frozen');
    const stranger = newKey('stranger');
    expectRefusal(submitStep(market, market.share(1, {}, stranger)), 'UNKNOWN_KEY', 'statement.header.kid');
    const other = market.scene.committee.nodes[1]!;
    expectRefusal(submitStep(market, market.share(1, {}, other)), 'UNKNOWN_KEY', 'statement.header.kid');
    const unknown = market.share(1, { index: 5 }, other);
    expectRefusal(submitStep(market, unknown), 'UNKNOWN_KEY', 'statement.header.kid');
    expectRefusal(submitStep(market, market.share(1, { root: 'A'.repeat(43) })), 'ROOT_MISMATCH', 'statement.root');
    expectRefusal(submitStep(market, market.share(1, { market: 2 })), 'UNKNOWN_MARKET', 'market');
    expectAccepted(submitStep(market, market.share(1)));
    expectRefusal(submitStep(market, market.share(1)), 'ALREADY_POSTED', 'statement.index');
    expect(market.scene.ledger.read(shareKey(market.event, 1, 1))).to.include({ share: encodeScalar(shareOf(1)) });
  });
});

describe('a share that is of the key no more', () => {
  /** Node 1's of an earlier generation. */
  function withStaleShare() {
    const market = drive(withOrders(), 'frozen');
    const stale = { share: encodeScalar(secretNamed('an earlier generation')), statement: 'A'.repeat(43) };
    market.scene.ledger.put(shareKey(market.event, 1, 1), stale);
    for (const index of [2, 3]) expectAccepted(submitStep(market, market.share(index)));
    return market;
  }

  it('does not count', () => {
    const market = withStaleShare();
    const refused = expectRefusal(submitStep(market, steps.unseal(market)), 'SHARES_TOO_FEW', 'nodes');
    expect(refused).to.include({ posted: 2 });
    expectAccepted(submitStep(market, market.share(4)));
    expect(expectAccepted(submitStep(market, steps.unseal(market)))).to.deep.include({ nodes: [2, 3, 4] });
    expect(market.record.secret).to.equal(encodeScalar(secretNamed('market')));
  });

  it('gives way to the node’s own, which does not', () => {
    const market = withStaleShare();
    expectAccepted(submitStep(market, market.share(1)));
    expectRefusal(submitStep(market, market.share(1)), 'ALREADY_POSTED', 'statement.index');
    expect(expectAccepted(submitStep(market, steps.unseal(market)))).to.deep.include({ nodes: [1, 2, 3] });
  });
});

describe('a market’s key', () => {
  it('is made by the committee for this market alone, while it is open', () => {
    const market = sealedMarket({ keyed: false });
    const { ledger, committee } = market.scene;
    const course = new KeyGeneration(ledger, committee, market.of()).run();
    expect(course.key).to.include({ state: 'usable', generation: 1 });
    expect(course.posted.record.generation.keyId).to.equal(`${market.id}/1`);
    expect(ledger.read(sharedKeyKey(market.id))!.key!.groupKey).to.not.equal(
      ledger.read(sharedKeyKey(market.event))!.key!.groupKey,
    );
    expectRefusal(ledger.submit(aKeyGeneration(market.event, 2, 1)), 'KEY_EXISTS', 'generation');
    expectRefusal(ledger.submit(aKeyGeneration(market.event, 1, 2)), 'UNKNOWN_MARKET', 'market');
    expectRefusal(ledger.submit(aKeyGeneration(undefined, 1, 1)), 'INVALID_FIELD', 'event');
    const [ann] = persons(market, 'Ann');
    expectAccepted(ledger.submit(market.deposit(ann), { caller: 'ResellerMSP' }));
  });

  it('is not made for a market that has closed', () => {
    const market = drive(sealedMarket(), 'closed');
    expectRefusal(submitStep(market, aKeyGeneration(market.event, 2, 1)), 'MARKET_NOT_OPEN', 'market');
  });

  it('is that of the close: what is dealt again meanwhile comes to nothing, or shares of two generations would be posted', () => {
    const market = sealedMarket({ keyed: false });
    const { ledger, committee } = market.scene;
    const { key } = new KeyGeneration(ledger, committee, { ...market.of(), conducts: { 4: silent } }).run().key;
    ledger.accept(aKeyGeneration(market.event, 2, 1), { now: SETTLING });
    const end = () => submitStep(market, aKeyAdvance({ ...market.of(), generation: 2, nodes: 4 }), { now: SETTLING });
    expectRefusal(end(), 'ROUND_NOT_OVER', 'generation.round');
    drive(market, 'closed');
    expectAccepted(end());
    const record = ledger.read(sharedKeyKey(market.id))!;
    expect(record).to.deep.include({ generation: 2, state: 'failed', failure: 'MARKET_NOT_OPEN', key });
    expectRefusal(end(), 'NOTHING_DUE', 'generation');
  });

  it('is needed until it is revealed, or never will be', () => {
    const market = sealedMarket({ keyed: false });
    const { ledger, committee } = market.scene;
    const course = new KeyGeneration(ledger, committee, market.of()).run();
    const destroy = (index: number) => {
      const node = course.nodes[index - 1]!;
      return course.post(node, { kind: 'destroyed', recipient: index });
    };
    expectRefusal(destroy(1), 'KEY_NEEDED', 'statement.generation');
    course.nowSeconds = Date.parse('2027-03-02T13:00:00Z') / 1000;
    expectAccepted(submitStep(market, steps.abort(market), { now: '2027-03-02T13:00:00Z' }));
    for (const index of [1, 2]) expectAccepted(destroy(index));
    const now = { now: SETTLING };
    expectAccepted(ledger.submit(aKeyAdvance({ ...market.of(), generation: 1, nodes: 4 }), now));
    expect(course.key.state).to.equal('destroyed');
  });
});
