/**
 * Whether the draw is fair: over many markets, each with a key and orders of its own, every one of n equal bids wins as often as chance has it. With k of n
 * served in each of m markets, Σ (won - m·k/n)² / (m·k/n·(1 - k/n)) · (n - 1)/n has the chi-square distribution with n - 1 degrees of freedom.
 */
import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { clearLottery } from '../../chaincode/domain/market/clearing/lottery.js';
import { clearUniformPrice } from '../../chaincode/domain/market/clearing/uniform-price.js';
import { drawPlaces } from '../../chaincode/domain/market/clearing/draw-places.js';
import { marketRoot, pageRoot, slotLeaf } from '../../chaincode/domain/market/pages.js';
import { priorityOf, seedOf } from '../../chaincode/domain/market/priority.js';
import { secretNamed } from '../support/curve.js';
import { aBid, aBook, anAsk, aPlace, peopleOf } from '../support/books.js';

const [BIDDERS, SERVED, MARKETS] = [12, 4, 1_000];
/** Of 11 degrees of freedom: exceeded by chance once in a thousand. The markets are the same in every run, so this passes always or never. */
const BOUND = 31.26;

const digest = (text: string) => createHash('sha256').update(text).digest();
const credentialOf = (index: number) => digest(`person ${index}`).toString('base64url');
const CREDENTIALS = Array.from({ length: BIDDERS }, (_, index) => credentialOf(index));

/** A market whose bidders have arrived in an order of their own and called their orders as they liked. */
function market(index: number, grinding = 1) {
  const order = CREDENTIALS.map((credential) => ({
    credential,
    key: digest(`${index} ${credential}`).toString('hex'),
  }));
  const arrived = order.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ credential }) => credential);
  const secret = secretNamed(`market ${index}`);
  const rootWith = (last: string) => {
    const leaves = arrived.map((credential, slot) => {
      const content = { id: `order-${slot}`, sealed: slot === BIDDERS - 1 ? last : `${index} ${credential}` };
      return slotLeaf({ market: `OrganizerMSP:night:m${index + 1}`, mspId: 'ResellerMSP', slot }, content);
    });
    return marketRoot(nodeSuite, [pageRoot(nodeSuite, leaves)]);
  };
  // Who comes last may seal as often as he likes; without the secret he can only rank what he has by a guess of it.
  const guess = secretNamed(`guess of ${index}`);
  const last = arrived[BIDDERS - 1]!;
  const tried = Array.from({ length: grinding }, (_, at) => rootWith(`try ${at}`));
  const [root] = tried.toSorted((a, b) =>
    priorityOf(seedOf(a, guess), last) < priorityOf(seedOf(b, guess), last) ? -1 : 1,
  );
  return { arrived, seed: seedOf(root!, secret), last };
}

/** Who is served, by lottery unless it says otherwise. */
type Clearing = (bids: readonly ReturnType<typeof aBid>[]) => readonly string[];
const asks = Array.from({ length: SERVED }, (_, at) => anAsk(`t${at}`));
const places = Array.from({ length: SERVED }, (_, at) => aPlace(`hall:A:${at + 1}`));
const CLEARINGS: Readonly<Record<string, Clearing>> = {
  lottery: (bids) => clearLottery(aBook(bids, asks)).map(({ buyer }) => buyer),
  'uniform price': (bids) => clearUniformPrice(aBook(bids, asks)).trades.map(({ buyer }) => buyer),
  ballot: (bids) => drawPlaces({ bids, places, people: peopleOf(bids) }).map(({ buyer }) => buyer),
};

function bidsOf({ arrived, seed }: ReturnType<typeof market>) {
  return arrived.map((credential) => aBid(credential, { prio: priorityOf(seed, credential) }));
}

/** @param won how often each of them was served */
function chiSquare(won: readonly number[]): number {
  const [share, n] = [SERVED / BIDDERS, won.length];
  const expected = MARKETS * share;
  const sum = won.reduce((total, each) => total + (each - expected) ** 2, 0);
  return ((sum / (expected * (1 - share))) * (n - 1)) / n;
}

describe('fairness', () => {
  let all: readonly ReturnType<typeof market>[];

  before(() => {
    all = Array.from({ length: MARKETS }, (_, index) => market(index));
  });

  for (const [name, clear] of Object.entries(CLEARINGS)) {
    it(`of the ${name}: each of equal bids wins as often, whoever bids, and whenever it came`, () => {
      const byCredential = new Map(CREDENTIALS.map((credential) => [credential, 0]));
      const byArrival = CREDENTIALS.map(() => 0);
      for (const each of all) {
        const served = clear(bidsOf(each));
        expect(new Set(served).size).to.equal(SERVED);
        for (const credential of served) {
          byCredential.set(credential, byCredential.get(credential)! + 1);
          byArrival[each.arrived.indexOf(credential)]! += 1;
        }
      }
      expect(chiSquare([...byCredential.values()]), 'by credential').to.be.below(BOUND);
      expect(chiSquare(byArrival), 'by arrival').to.be.below(BOUND);
    });
  }

  it('would show a draw that is not fair', () => {
    const byArrival = CREDENTIALS.map(() => 0);
    // Every twentieth market serves who came first.
    for (const [index, each] of all.entries()) {
      const bids = bidsOf(each);
      const served = index % 20 === 0 ? each.arrived.slice(0, SERVED) : CLEARINGS.lottery!(bids);
      for (const credential of served) byArrival[each.arrived.indexOf(credential)]! += 1;
    }
    expect(chiSquare(byArrival)).to.be.above(BOUND);
  });

  it('does not hang on what orders are called, nor on how many one person sends', () => {
    for (const each of all.slice(0, 50)) {
      const bids = bidsOf(each);
      const served = new Set(CLEARINGS.lottery!(bids));
      const renamed = bids.map(({ bidder, prio }, at) => aBid(bidder, { prio, name: `zz-${BIDDERS - at}` }));
      expect(new Set(CLEARINGS.lottery!(renamed))).to.deep.equal(served);
      const [loud] = bids;
      const hundred = Array.from({ length: 100 }, (_, at) =>
        aBid(loud!.bidder, { prio: loud!.prio, name: `bid-${at}` }),
      );
      const won = clearLottery(aBook([...bids, ...hundred], asks, { [loud!.bidder]: { left: 1 } }));
      expect(new Set(won.map(({ buyer }) => buyer))).to.deep.equal(served);
    }
  });

  it('of who seals last and may try 8 times: he wins as often as anybody', () => {
    const markets = 300;
    const won = all.slice(0, markets).filter((_, index) => {
      const each = market(index, 8);
      return CLEARINGS.lottery!(bidsOf(each)).includes(each.last);
    }).length;
    const [expected, share] = [(markets * SERVED) / BIDDERS, SERVED / BIDDERS];
    // One degree of freedom, once in a thousand.
    expect((won - expected) ** 2 / (expected * (1 - share))).to.be.below(10.83);
  });
});
