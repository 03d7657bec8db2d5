import { expect } from 'chai';
import { equalBytes, fromBase64url, toBase64url } from '../../../../chaincode/crypto/bytes.js';
import { importKey, thumbprintOf } from '../../../../chaincode/crypto/jwk.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodePoint, uncompressedBytes } from '../../../../chaincode/crypto/point.js';
import {
  marketKeyOf,
  orderOpener,
  readOrder,
  requireSealedForm,
} from '../../../../chaincode/domain/market/open-order.js';
import { composeOrder, ORDER_BYTES } from '../../../../chaincode/domain/market/order-text.js';
import { orderBinding, sealedBytes } from '../../../../chaincode/domain/market/seal.js';
import { pointNamed, secretNamed } from '../../../support/curve.js';
import { anOrder, BID, MARKET, MARKET_KEY, SECRET, sealedOrder, trader } from '../../../support/sealed-orders.js';
import { expectThrows } from '../../../support/world.js';

const ann = trader('Ann');
const order = anOrder(ann, { bid: BID });
const ID = 'slot-0001';
const content = sealedOrder(order, ID);
const open = orderOpener(MARKET, MARKET_KEY, SECRET);
const rejects = (what: string, act: () => unknown) =>
  it(`does not open ${what}`, () => expectThrows(act, 'ORDER_NOT_OPENED', 'order.sealed'));
/** The sealed bytes, changed. */
const changed = (change: (bytes: Uint8Array) => Uint8Array | undefined) => {
  const bytes = fromBase64url(content.sealed)!;
  return { ...content, sealed: toBase64url(change(bytes) ?? bytes) };
};
const flipped = (at: number) => changed((bytes) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)));

describe('sealed order', () => {
  it('is opened with the market’s secret', () => {
    expect(equalBytes(open('ResellerMSP', content), composeOrder(order, [], 'resale'))).to.equal(true);
    expect(readOrder(open('ResellerMSP', content), 'resale').order.payload.bid).to.deep.equal(BID);
  });

  it('has one size for each supply, of any side', () => {
    for (const supply of ['resale', 'ballot', 'returns'] as const) {
      const { sealed } = sealedOrder(order, ID, { supply });
      expect(fromBase64url(sealed)).to.have.length(65 + ORDER_BYTES[supply] + 16);
      requireSealedForm(sealed, supply, 'sealed');
    }
  });

  it('is bound to market, key, organization and id, each after its length', () => {
    const parts = (...texts: readonly (string | Uint8Array)[]) =>
      Buffer.concat(
        texts.flatMap((text) => {
          const bytes = Buffer.from(text);
          return [Buffer.from([0, 0, 0, bytes.length]), bytes];
        }),
      );
    const { info, aad } = orderBinding(MARKET, MARKET_KEY, 'ResellerMSP', ID);
    const key = Buffer.from(encodePoint(MARKET_KEY), 'base64url');
    expect(toBase64url(info)).to.equal(parts('guichet/v1/order', MARKET, key).toString('base64url'));
    expect(toBase64url(aad)).to.equal(parts('guichet/v1/slot', MARKET, 'ResellerMSP', ID).toString('base64url'));
  });

  it('starts with the sender’s key, uncompressed, as RFC 9180 has it', () => {
    const enc = uncompressedBytes(nodeSuite.multiplyBase(secretNamed(`ephemeral of ${ID}`))!);
    expect(fromBase64url(content.sealed)!.subarray(0, 65)).to.deep.equal(enc);
  });

  rejects('as another client’s, so a copy is worth nothing', () =>
    open('ResellerMSP', { ...content, id: 'slot-0002' }),
  );
  rejects('at another organization', () => open('VenueMSP', content));
  rejects('in another market of the event', () =>
    orderOpener('OrganizerMSP:night:m2', MARKET_KEY, SECRET)('ResellerMSP', content),
  );
  rejects('with another secret', () => orderOpener(MARKET, MARKET_KEY, secretNamed('other'))('ResellerMSP', content));
  rejects('what is sealed to another key', () => open('ResellerMSP', sealedOrder(order, ID, { key: 'other' })));
  rejects('what was sealed for another market', () =>
    open('ResellerMSP', sealedOrder(order, ID, { market: 'OrganizerMSP:night:m2' })),
  );
  rejects('with its ciphertext changed', () => open('ResellerMSP', flipped(100)));
  rejects('with its tag changed', () => open('ResellerMSP', flipped(sealedBytes('resale') - 1)));
  rejects('with a sender’s key off the curve', () => open('ResellerMSP', flipped(64)));
  rejects('with a sender’s key of another form', () => open('ResellerMSP', flipped(0)));
  rejects('with a sender’s key at infinity', () =>
    open(
      'ResellerMSP',
      changed((bytes) => bytes.fill(0, 1, 65)),
    ),
  );
  rejects('nothing', () => open('ResellerMSP', { ...content, sealed: '' }));
  rejects('a sender’s key alone', () =>
    open(
      'ResellerMSP',
      changed((bytes) => bytes.subarray(0, 65)),
    ),
  );
  rejects('text that is not base64url', () => open('ResellerMSP', { ...content, sealed: `${content.sealed}=` }));

  const misformed: Readonly<Record<string, string>> = {
    'one byte less': toBase64url(fromBase64url(content.sealed)!.subarray(1)),
    'one byte more': toBase64url(new Uint8Array(sealedBytes('resale') + 1)),
    padding: `${content.sealed}==`,
    'unused bits that are not zero': `${content.sealed.slice(0, -1)}${content.sealed.endsWith('A') ? 'B' : '-'}`,
    'the other alphabet': `+${content.sealed.slice(1)}`,
    'the size of a ballot': sealedOrder(order, ID, { supply: 'ballot' }).sealed,
    nothing: '',
  };
  for (const [what, sealed] of Object.entries(misformed)) {
    it(`is refused with ${what}`, () =>
      expectThrows(() => requireSealedForm(sealed, 'resale', 'sealed'), 'ORDER_MALFORMED', 'sealed'));
  }
});

describe('market key', () => {
  it('has the id that it has as a JWK', () => {
    const jwk = {
      kty: 'EC' as const,
      crv: 'P-256' as const,
      x: toBase64url(uncompressedBytes(MARKET_KEY).subarray(1, 33)),
      y: toBase64url(uncompressedBytes(MARKET_KEY).subarray(33)),
    };
    expect(importKey(jwk)).not.to.equal(undefined);
    expect(marketKeyOf(MARKET_KEY)).to.equal(thumbprintOf(jwk));
  });

  it('has an id of its own', () => {
    expect(marketKeyOf(pointNamed('other'))).not.to.equal(marketKeyOf(MARKET_KEY));
    expect(encodePoint(MARKET_KEY)).to.have.length(44);
  });
});
