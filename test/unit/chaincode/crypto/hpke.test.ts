import { expect } from 'chai';
import { integerOf } from '../../../../chaincode/crypto/bytes.js';
import { nodeHmac, openSealed, openWithShared, sealedOpener } from '../../../../chaincode/crypto/hpke.js';
import { keySchedule, sharedSecretOf } from '../../../../chaincode/crypto/hpke-schedule.js';
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { negate, uncompressedBytes, type Point } from '../../../../chaincode/crypto/point.js';
import { seal } from '../../../../committee/crypto/hpke-seal.js';
import { sealInBrowser } from '../../../../committee/crypto/seal-in-browser.js';
import { fromHex, pointNamed, scalarOfHex, secretNamed, toHex } from '../../../support/curve.js';
import { vectors } from '../../../support/vectors.js';

const pointOf = (hex: string): Point => ({
  x: integerOf(fromHex(hex).subarray(1, 33)),
  y: integerOf(fromHex(hex).subarray(33)),
});
const [aes128, aes256] = vectors('hpke-p256').vectors;

describe('HPKE, base mode', () => {
  for (const vector of [aes128!, aes256!]) {
    it(`has the shared secret of RFC 9180 with AEAD ${vector.aeadId}`, () => {
      const [enc, recipient] = [pointOf(vector.enc), pointOf(vector.publicKeyR)];
      expect(toHex(uncompressedBytes(nodeSuite.multiplyBase(scalarOfHex(vector.secretKeyE))!))).to.equal(vector.enc);
      for (const shared of [
        nodeSuite.multiply(scalarOfHex(vector.secretKeyR), enc)!,
        nodeSuite.multiply(scalarOfHex(vector.secretKeyE), recipient)!,
      ])
        expect(toHex(sharedSecretOf(nodeHmac, shared, enc, recipient))).to.equal(vector.sharedSecret);
    });
  }

  it('has the key schedule of RFC 9180', () => {
    const { key, nonce } = keySchedule(nodeHmac, fromHex(aes256!.sharedSecret), fromHex(aes256!.info));
    expect(toHex(key)).to.equal(aes256!.key);
    expect(toHex(nonce)).to.equal(aes256!.baseNonce);
  });

  it('opens and seals the message of RFC 9180, in Node and as a browser does', async () => {
    const { secretKeyR, publicKeyR, secretKeyE, enc, plaintext, ciphertext, info, aad } = aes256!;
    const binding = { info: fromHex(info), aad: fromHex(aad) };
    const sealed = { enc: pointOf(enc), ciphertext: fromHex(ciphertext) };
    const opened = openSealed(scalarOfHex(secretKeyR), pointOf(publicKeyR), sealed, binding);
    expect(toHex(opened!)).to.equal(plaintext);
    expect(toHex(sealedOpener(scalarOfHex(secretKeyR), pointOf(publicKeyR))(sealed, binding)!)).to.equal(plaintext);
    const again = seal(pointOf(publicKeyR), fromHex(plaintext), binding, scalarOfHex(secretKeyE));
    expect(toHex(again.ciphertext)).to.equal(ciphertext);
    expect(again.enc).to.deep.equal(sealed.enc);
    const there = await sealInBrowser(pointOf(publicKeyR), fromHex(plaintext), binding, scalarOfHex(secretKeyE));
    expect(toHex(there.ciphertext)).to.equal(ciphertext);
    expect(there.enc).to.deep.equal(sealed.enc);
  });
});

describe('sealed message', () => {
  const secret = secretNamed('recipient');
  const recipient = pointNamed('recipient');
  const binding = { info: Uint8Array.of(1), aad: Uint8Array.of(2) };
  const sealed = seal(recipient, Uint8Array.of(1, 2, 3), binding, secretNamed('ephemeral'));
  const shared = nodeSuite.multiply(secret, sealed.enc)!;

  it('opens with the Diffie-Hellman point alone', () => {
    expect(toHex(openWithShared(shared, recipient, sealed, binding)!)).to.equal('010203');
  });

  it('does not open with the point of another message', () => {
    const other = seal(recipient, Uint8Array.of(1, 2, 3), binding, secretNamed('other ephemeral'));
    expect(openWithShared(shared, recipient, other, binding)).to.equal(undefined);
    expect(openWithShared(shared, recipient, { ...sealed, enc: other.enc }, binding)).to.equal(undefined);
  });

  it('does not open for another recipient, info or aad', () => {
    const open = (key: Point, info: number, aad: number) =>
      openWithShared(shared, key, sealed, { info: Uint8Array.of(info), aad: Uint8Array.of(aad) });
    expect(open(recipient, 1, 2)).not.to.equal(undefined);
    expect(open(pointNamed('other'), 1, 2)).to.equal(undefined);
    expect(open(negate(recipient), 1, 2)).to.equal(undefined);
    expect(open(recipient, 3, 2)).to.equal(undefined);
    expect(open(recipient, 1, 3)).to.equal(undefined);
  });

  it('opens one after the other with a key that is set once', () => {
    const open = sealedOpener(secret, recipient);
    const others = [1, 2, 3].map((byte) => {
      const message = Uint8Array.of(byte);
      return { message, of: seal(recipient, message, binding, secretNamed(`ephemeral ${byte}`)) };
    });
    for (const { message, of } of others) expect(toHex(open(of, binding)!)).to.equal(toHex(message));
    expect(open(sealed, { ...binding, aad: Uint8Array.of(3) })).to.equal(undefined);
    expect(open({ ...sealed, ciphertext: new Uint8Array(15) }, binding)).to.equal(undefined);
  });

  it('does not open with any byte changed or missing', () => {
    for (const at of sealed.ciphertext.keys()) {
      const ciphertext = sealed.ciphertext.map((byte, index) => (index === at ? byte ^ 1 : byte));
      expect(openSealed(secret, recipient, { ...sealed, ciphertext }, binding), String(at)).to.equal(undefined);
      const short = sealed.ciphertext.subarray(0, at);
      expect(openSealed(secret, recipient, { ...sealed, ciphertext: short }, binding)).to.equal(undefined);
    }
  });
});
