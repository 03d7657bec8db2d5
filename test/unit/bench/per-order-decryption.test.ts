import { expect } from 'chai';
import { utf8 } from '../../../chaincode/crypto/bytes.js';
import { openWithShared } from '../../../chaincode/crypto/hpke.js';
import { encodePoint } from '../../../chaincode/crypto/point.js';
import { seal } from '../../../committee/crypto/hpke-seal.js';
import { randomScalar } from '../../../committee/crypto/secrets.js';
import { answerFor, combineAnswers, dealKey } from '../../bench/per-order-decryption.js';
import { pointNamed } from '../../support/curve.js';
import { subsetsOf } from '../../support/subsets.js';

const BINDING = { info: utf8('info'), aad: utf8('aad') };
const TEXTS = ['a bid', 'an ask', 'a cancellation'];

/** Orders that were sealed to the key. */
function sealedOrders() {
  const key = dealKey(4, 3);
  const sealed = TEXTS.map((text) => seal(key.groupKey, utf8(text), BINDING, randomScalar()));
  return { key, sealed, encs: sealed.map(({ enc }) => enc) };
}

describe('decryption of every order by the committee', () => {
  it('opens with any three nodes what was sealed to their key', () => {
    const { key, sealed, encs } = sealedOrders();
    for (const some of subsetsOf(key.shares, 3)) {
      const shared = combineAnswers(
        encs,
        some.map((share) => answerFor(encs, share)),
        key,
      );
      const opened = sealed.map((each, at) => openWithShared(shared[at]!, key.groupKey, each, BINDING));
      expect(opened.map((bytes) => Buffer.from(bytes!).toString())).to.deep.equal(TEXTS);
    }
  });

  it('names a node whose answer is another point, for one order or for many at once', () => {
    const { key, encs } = sealedOrders();
    for (const some of [encs, encs.slice(0, 1)]) {
      const [liar, ...honest] = key.shares.slice(0, 3).map((share) => answerFor(some, share));
      const elements = liar!.elements.with(0, encodePoint(pointNamed('another')));
      expect(() => combineAnswers(some, [{ ...liar!, elements }, ...honest], key)).to.throw('node 1 answers wrongly');
    }
  });

  it('names a node that answers with another share than its own', () => {
    const { key, encs } = sealedOrders();
    const [first, second, , fourth] = key.shares;
    const foreign = { ...answerFor(encs, fourth!), index: 3 };
    const answers = [answerFor(encs, first!), answerFor(encs, second!), foreign];
    expect(() => combineAnswers(encs, answers, key)).to.throw('node 3 answers wrongly');
  });

  it('needs t answers', () => {
    const { key, encs } = sealedOrders();
    const two = key.shares.slice(0, 2).map((share) => answerFor(encs, share));
    expect(() => combineAnswers(encs, two, key)).to.throw('2 answers are not 3');
  });
});
