/** The bytes of a statement: what is refused before anybody asks who signed it. */
import { expect } from 'chai';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import { CHANNEL, newKey, signJws } from '../../../support/statements.js';
import { expectThrows, signText } from '../../../support/world.js';

const key = newKey('form');
const holder = { alg: 'ES256', typ: 'guichet-presentation+jwt', jwk: key.jwk };
const registered = { alg: 'ES256', typ: 'guichet-void+jwt', kid: key.kid };
const ticket = { ticket: 'OrganizerMSP:night:floor:A:1', issue: 1, change: 0 };
const payload = { channel: CHANNEL, event: 'OrganizerMSP:night', jti: 'id-00000', exp: 2 ** 40, ...ticket };
const voiding = { ...payload, holder: key.kid, reason: 'fraud' };

const read = (compact: string) => decodeStatement('presentation', compact, 'it');
const readVoid = (compact: string) => decodeStatement('void', compact, 'it');
const headed = (header: object) => () => read(signJws(header, payload, key));
const saying = (members: object) => () => read(signJws(holder, { ...payload, ...members }, key));
const written = (text: string | Buffer) => () => read(signText(JSON.stringify(holder), text, key));

describe('header of a statement', () => {
  for (const alg of ['none', 'HS256', 'ES256K', 'ES384', 'EdDSA', 'RS256', 'es256', 'ES256 ', null, undefined]) {
    it(`rejects alg ${JSON.stringify(alg)}`, () =>
      expectThrows(headed({ ...holder, alg }), 'INVALID_FIELD', 'it.header.alg'));
  }

  for (const typ of [
    'JWT',
    'guichet-transfer+jwt',
    'GUICHET-PRESENTATION+JWT',
    'application/guichet-presentation+jwt',
    undefined,
  ]) {
    it(`rejects typ ${JSON.stringify(typ)}`, () =>
      expectThrows(headed({ ...holder, typ }), 'INVALID_FIELD', 'it.header.typ'));
  }

  for (const member of ['kid', 'crit', 'x5c', 'jku', 'b64', 'cty', 'toString']) {
    it(`rejects the member ${member} beside a holder’s jwk`, () =>
      expectThrows(headed({ ...holder, [member]: key.kid }), 'UNKNOWN_FIELD', `it.header.${member}`));
  }

  it('rejects a kid in place of a holder’s jwk', () => {
    const { jwk, ...rest } = holder;
    expectThrows(headed({ ...rest, kid: key.kid }), 'INVALID_FIELD', 'it.header.jwk');
    expect(jwk).to.equal(key.jwk);
  });

  it('rejects a jwk beside or in place of a registered key’s kid', () => {
    const beside = () => readVoid(signJws({ ...registered, jwk: key.jwk }, voiding, key));
    expectThrows(beside, 'UNKNOWN_FIELD', 'it.header.jwk');
    const instead = () => readVoid(signJws({ ...registered, kid: undefined, jwk: key.jwk }, voiding, key));
    expectThrows(instead, 'INVALID_FIELD', 'it.header.kid');
  });

  for (const [crv, field] of [
    ['P-384', 'crv'],
    ['secp256k1', 'crv'],
    ['Ed25519', 'kty'],
  ] as const) {
    // prettier-ignore
    it(`rejects a holder’s key on ${crv}`, () => {
      const pair = crv === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: crv });
      const jwk = pair.publicKey.export({ format: 'jwk' });
      expectThrows(headed({ ...holder, jwk }), 'INVALID_FIELD', `it.header.jwk.${field}`);
    });
  }

  it('rejects a kid that is no thumbprint', () => {
    for (const kid of ['', 'seller', `${key.kid}=`, key.kid.slice(1), 1, { toString: key.kid }]) {
      expectThrows(() => readVoid(signJws({ ...registered, kid }, voiding, key)), 'INVALID_FIELD', 'it.header.kid');
    }
  });

  it('rejects what is no object', () => {
    for (const header of [null, [], 'ES256', 1]) expectThrows(headed(header as object), 'INVALID_FIELD', 'it.header');
  });

  it('rejects __proto__ as any other unknown member', () => {
    const header = JSON.stringify(holder).replace('{', '{"__proto__":{"alg":"none"},');
    const act = () => read(signText(header, JSON.stringify(payload), key));
    expectThrows(act, 'UNKNOWN_FIELD', 'it.header.__proto__');
  });
});

describe('payload of a statement', () => {
  it('is read as it was signed', () => {
    const statement = read(signJws(holder, payload, key));
    expect(statement).to.deep.include({ payload, signer: key.kid, jwk: key.jwk, field: 'it' });
  });

  for (const member of Object.keys(payload)) {
    it(`rejects one without ${member}`, () =>
      expectThrows(saying({ [member]: undefined }), 'INVALID_FIELD', `it.${member}`));
  }

  for (const member of ['iat', 'nbf', 'EXP', 'constructor', '']) {
    it(`rejects the unknown member "${member}"`, () =>
      expectThrows(saying({ [member]: 1 }), 'UNKNOWN_FIELD', `it.${member}`));
  }

  it('rejects __proto__ as any other unknown member', () => {
    const text = JSON.stringify(payload).replace('{', '{"__proto__":{"change":7},');
    expectThrows(written(text), 'UNKNOWN_FIELD', 'it.__proto__');
  });

  it('takes the last of two members of one name, as RFC 7515 section 4 allows', () => {
    const text = JSON.stringify(payload).replace('"change":0', '"change":0,"change":5');
    expect(written(text)().payload.change).to.equal(5);
  });

  for (const exp of [-1, 1.5, '1', 2 ** 53, null]) {
    it(`rejects exp ${JSON.stringify(exp)}`, () => expectThrows(saying({ exp }), 'INVALID_FIELD', 'it.exp'));
  }

  const ids: readonly (readonly [string, unknown])[] = [
    ['jti', 'short-1'],
    ['jti', 'x'.repeat(65)],
    ['jti', 'id/00000'],
    ['jti', 'id-0000\n'],
    ['jti', 'id-0000é'],
    ['event', 'OrganizerMSP'],
    ['event', 'OrganizerMSP:Night'],
    ['event', 'Organizer/MSP:night'],
    ['event', `${'M'.repeat(65)}:night`],
    ['event', 'ОrganizerMSP:night'],
    ['ticket', 'OrganizerMSP:night:floor:A:0'],
    ['ticket', 'OrganizerMSP:night:floor:A:01'],
    ['ticket', 'OrganizerMSP:night:floor:A:100000'],
    ['ticket', 'OrganizerMSP:night:floor:A:B:1'],
    ['ticket', 'OrganizerMSP:night:floor:A:１'],
    ['issue', 0],
    ['change', -1],
    ['channel', ''],
    ['channel', 'c'.repeat(250)],
  ];
  for (const [member, value] of ids) {
    const shown = JSON.stringify(value).slice(0, 40);
    it(`rejects ${member} ${shown}`, () => expectThrows(saying({ [member]: value }), 'INVALID_FIELD', `it.${member}`));
  }

  it('rejects what is no object', () => {
    for (const text of ['null', '[]', '"x"', '1']) expectThrows(written(text), 'INVALID_FIELD', 'it');
  });
});

describe('bytes of a statement', () => {
  const good = signJws(holder, payload, key);
  const [header, body, signature] = good.split('.') as [string, string, string];
  const malformed: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['two segments', `${header}.${body}`],
    ['four segments', `${good}.`],
    ['five segments, as in JWE', `${good}.${header}.${body}`],
    ['no signature', `${header}.${body}.`],
    ['a signature cut short', `${header}.${body}.${signature.slice(0, -2)}`],
    ['a signature one byte too long', `${header}.${body}.${Buffer.alloc(65).toString('base64url')}`],
    ['a P-384 signature', `${header}.${body}.${Buffer.alloc(96).toString('base64url')}`],
    [
      'an HMAC with the public key',
      `${header}.${body}.${createHmac('sha256', key.jwk.x).update(body).digest('base64url')}`,
    ],
    ['a padded signature', `${good}==`],
    ['a padded payload', `${header}.${body}=.${signature}`],
    ['unused bits in the signature', good.slice(0, -1) + nextLetter(good.at(-1)!)],
    ['the alphabet of plain base64', `${header}.${body.replace(/.$/, '+')}.${signature}`],
    ['a line break at the end', `${good}\n`],
    ['a space inside', `${header}. ${body}.${signature}`],
    ['a payload of no JSON', signText(JSON.stringify(holder), '{', key)],
    ['a payload in UTF-16', signText(JSON.stringify(holder), Buffer.from(JSON.stringify(payload), 'utf16le'), key)],
    ['a payload of broken UTF-8', signText(JSON.stringify(holder), Buffer.from([0x22, 0xc3, 0x28, 0x22]), key)],
    ['a header of no JSON', signText('{', JSON.stringify(payload), key)],
  ];
  for (const [what, compact] of malformed) {
    it(`rejects ${what}`, () => expectThrows(() => read(compact), 'MALFORMED_STATEMENT', 'it'));
  }

  it('are at most 8 KiB, and 64 KiB for an allotment', () => {
    expectThrows(() => read('x'.repeat(8 * 1024)), 'MALFORMED_STATEMENT', 'it');
    expectThrows(() => read('x'.repeat(8 * 1024 + 1)), 'TOO_LARGE', 'it');
    const allotment = (length: number) => () => decodeStatement('allotment', 'x'.repeat(length), 'it');
    expectThrows(allotment(64 * 1024), 'MALFORMED_STATEMENT', 'it');
    expectThrows(allotment(64 * 1024 + 1), 'TOO_LARGE', 'it');
  });
});

/** The letter after it in the alphabet: for a last letter with unused bits it decodes to the same bytes. */
function nextLetter(letter: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(letter) + 1]!;
}
