/** Two implementations, one result: what Guichet's code made is opened and recomputed by it and by the independent one, and the other way round. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { pointFrom, pointBytes } from '../../../../chaincode/crypto/point.js';
import { orderOpener, readOrder } from '../../../../chaincode/domain/market/open-order.js';
import { composeOrder } from '../../../../chaincode/domain/market/order-text.js';
import type { Supply } from '../../../../chaincode/domain/market/orders.js';
import { encodeSealed, orderBinding } from '../../../../chaincode/domain/market/seal.js';
import { seal } from '../../../../committee/crypto/hpke-seal.js';
import { fromHex, scalarOfHex, toHex } from '../../../support/curve.js';
import { hpkeInPython, verifyInPython } from '../../../support/python.js';
import { recomputed, type Exported } from '../../../support/recomputed.js';
import { MARKET_KEY } from '../../../support/sealed-orders.js';
import { KINDS } from '../../../support/whole-markets.js';

const vectorFile = (name: string): unknown => JSON.parse(readFileSync(join('test', 'vectors', name), 'utf8'));

interface OrderVector {
  readonly supply: Supply;
  readonly market: string;
  readonly mspId: string;
  readonly id: string;
  readonly statement: string;
  readonly secret: string;
  readonly publicKey: string;
  readonly ephemeral: string;
  readonly info: string;
  readonly aad: string;
  readonly plaintext: string;
  readonly enc: string;
  readonly ciphertext: string;
  readonly sealed: string;
}
const { vectors: ORDERS } = vectorFile('sealed-order.json') as { readonly vectors: readonly OrderVector[] };

interface HpkeVector extends Pick<OrderVector, 'info' | 'aad' | 'plaintext' | 'enc' | 'ciphertext'> {
  readonly aeadId: number;
  readonly secretKeyR: string;
  readonly publicKeyR: string;
  readonly secretKeyE: string;
}
const RFC = (vectorFile('hpke-p256.json') as { readonly vectors: readonly HpkeVector[] }).vectors.filter(
  ({ aeadId }) => aeadId === 2,
);

describe('vectors of sealed orders', () => {
  for (const vector of ORDERS)
    it(`are sealed and opened as they were: ${vector.supply}`, () => {
      const { market, mspId, id, supply, secret, ephemeral, sealed, plaintext, statement } = vector;
      const padded = composeOrder(statement, [], supply);
      expect(toHex(padded)).to.equal(plaintext);
      const binding = orderBinding(market, MARKET_KEY, mspId, id);
      expect([toHex(binding.info), toHex(binding.aad)]).to.deep.equal([vector.info, vector.aad]);
      expect(encodeSealed(seal(MARKET_KEY, padded, binding, scalarOfHex(ephemeral)))).to.equal(sealed);
      const opened = orderOpener(market, MARKET_KEY, scalarOfHex(secret))(mspId, { id, sealed });
      expect(toHex(opened)).to.equal(plaintext);
      expect(readOrder(opened, supply).order.payload).to.include({ market: 1 });
    });

  it('are sealed and opened alike by the independent implementation, as are the RFC’s own', async () => {
    const rfc = RFC.map((each) => ({
      ...each,
      secret: each.secretKeyR,
      recipient: each.publicKeyR,
      ephemeral: each.secretKeyE,
    }));
    const own = ORDERS.map((each) => ({ ...each, recipient: each.publicKey }));
    const all = [...rfc, ...own];
    expect(rfc).to.not.be.empty;
    const { opened, sealed } = await hpkeInPython({ open: all, seal: all });
    expect(opened).to.deep.equal(all.map(({ plaintext }) => plaintext));
    expect(sealed).to.deep.equal(all.map(({ enc, ciphertext }) => ({ enc, ciphertext })));
  });

  it('open nowhere else, for neither', async () => {
    const [vector] = ORDERS;
    const { enc, ciphertext, info, aad, secret } = vector!;
    const message = { enc, ciphertext, info, aad, secret };
    const spoilt = [
      { ...message, aad: `${aad}00` },
      { ...message, info: `${info}00` },
      { ...message, ciphertext: `${ciphertext.slice(0, -2)}${ciphertext.endsWith('00') ? '01' : '00'}` },
      { ...message, enc: `04${'00'.repeat(64)}` },
    ];
    expect((await hpkeInPython({ open: spoilt })).opened).to.deep.equal([null, null, null, null]);
  });

  it('that the independent implementation seals are opened by the chaincode', async () => {
    const [{ market, mspId, supply, statement, secret }] = ORDERS as [OrderVector];
    const id = 'sealed-in-python';
    const { info, aad } = orderBinding(market, MARKET_KEY, mspId, id);
    const plaintext = toHex(composeOrder(statement, [], supply));
    const ephemeral = '7'.repeat(64);
    const message = { recipient: ORDERS[0]!.publicKey, ephemeral, plaintext, info: toHex(info), aad: toHex(aad) };
    const { sealed } = await hpkeInPython({ seal: [message] });
    const [{ enc, ciphertext }] = sealed as [(typeof sealed)[number]];
    const text = Buffer.from(enc + ciphertext, 'hex').toString('base64url');
    const open = orderOpener(market, pointFrom(pointBytes(MARKET_KEY), 'key'), scalarOfHex(secret));
    expect(open(mspId, { id, sealed: text })).to.deep.equal(fromHex(plaintext));
  });
});

describe('vectors of whole markets', () => {
  for (const kind of KINDS) {
    const exported = vectorFile(`sealed-market-${kind}.json`) as Exported;

    it(`are recomputed by the code of today: ${kind}`, () => {
      const { pages, trades } = recomputed(exported);
      expect(JSON.parse(JSON.stringify(pages))).to.deep.equal(exported.pages.map(({ opened }) => opened));
      expect(trades).to.deep.equal(exported.trades);
      expect(trades).to.not.be.empty;
    });

    it(`are recomputed by the independent implementation: ${kind}`, async () => {
      const { code, stdout } = await verifyInPython(exported);
      expect(code, stdout).to.equal(0);
    });
  }
});
