import { expect } from 'chai';
import { p256 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { isCanonicalBase64url, thumbprintOf, type PublicJwk } from '../../chaincode/crypto/jwk.js';
import { decodeJws, verifyJws } from '../../chaincode/crypto/jws.js';
import { eventId, parsePlace, parseTicketId, placeId, ticketId, ticketIdOf } from '../../chaincode/domain/ids.js';
import { ticketKey } from '../../chaincode/domain/keys.js';
import { Refusal } from '../../chaincode/domain/refusal.js';
import { parseBatch, prepareBatch } from '../../chaincode/domain/batch.js';
import { decodeStatement, payloadSchemas, type StatementName } from '../../chaincode/domain/statements.js';
import { decodeRecord, encodeRecord } from '../../chaincode/ledger/codec.js';
import { newKey, signJws, signStatement } from '../support/statements.js';

const RUNS = { numRuns: 300 };
const event = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,20}:[a-z0-9][a-z0-9-]{0,20}$/);
const label = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,15}$/);
const number = fc.integer({ min: 1, max: 99_999 });
const place = fc.oneof(
  fc.tuple(label, label, number).map((parts) => parts.join(':')),
  fc.tuple(label, number).map((parts) => parts.join(':')),
);

describe('ids', () => {
  it('of places are put together again as they were', () => {
    const check = (id: string) => {
      expect(placeId.safeParse(id).success).to.equal(true);
      const { section, row, number: at } = parsePlace(id);
      expect([section, ...(row === undefined ? [] : [row]), at].join(':')).to.equal(id);
    };
    fc.assert(fc.property(place, check), RUNS);
  });

  it('of tickets are put together again as they were', () => {
    const check = (of: string, at: string) => {
      const id = ticketIdOf(of, at);
      expect(eventId.safeParse(of).success && ticketId.safeParse(id).success).to.equal(true);
      expect(parseTicketId(id)).to.deep.equal({ event: of, place: at });
    };
    fc.assert(fc.property(event, place, check), RUNS);
  });

  it('that differ have keys that differ', () => {
    const check = (of: string, other: string, at: string, elsewhere: string) => {
      const same = of === other && at === elsewhere;
      expect(ticketKey(of, at) === ticketKey(other, elsewhere)).to.equal(same);
    };
    const few = fc.constantFrom('a:1', 'a:1:1', '1:1', '1:1:1', 'a:11', 'a:1:11');
    fc.assert(fc.property(fc.constantFrom('M:e', 'M:e-1'), fc.constantFrom('M:e', 'M:e-1'), few, few, check), RUNS);
  });
});

describe('bytes', () => {
  it('have one base64url text', () => {
    const check = (bytes: Uint8Array, text: string) => {
      expect(isCanonicalBase64url(Buffer.from(bytes).toString('base64url'))).to.equal(true);
      if (isCanonicalBase64url(text)) expect(text).to.match(/^[A-Za-z0-9_-]*$/);
    };
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), fc.string(), check), RUNS);
  });

  it('of a record give the record', () => {
    const check = (record: unknown) => {
      expect(decodeRecord(encodeRecord(record))).to.deep.equal(JSON.parse(JSON.stringify(record)));
    };
    fc.assert(fc.property(fc.jsonValue(), check), RUNS);
  });
});

describe('ES256 against @noble/curves', () => {
  const secret = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => p256.utils.isValidSecretKey(bytes));
  const jwkOf = (secretKey: Uint8Array): PublicJwk => {
    const point = Buffer.from(p256.getPublicKey(secretKey, false));
    return {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    };
  };
  const segments = (payload: unknown) =>
    ['{}', JSON.stringify(payload)].map((part) => Buffer.from(part).toString('base64url')).join('.');

  it('verifies what noble signs, low s or not, and nothing else', () => {
    const check = (secretKey: Uint8Array, payload: string, lowS: boolean) => {
      const input = segments(payload);
      const signature = Buffer.from(p256.sign(Buffer.from(input), secretKey, { lowS, prehash: true }));
      const jws = (bytes: Buffer) => decodeJws(`${input}.${bytes.toString('base64url')}`)!;
      expect(verifyJws(jws(signature), jwkOf(secretKey))).to.equal(true);
      expect(verifyJws(jws(signature), newKey('somebody else').jwk)).to.equal(false);
      signature[payload.length % 64]! ^= 1;
      expect(verifyJws(jws(signature), jwkOf(secretKey))).to.equal(false);
    };
    fc.assert(fc.property(secret, fc.string(), fc.boolean(), check), { numRuns: 60 });
  });

  it('is verified by noble when our test keys sign', () => {
    const check = (name: string, payload: string) => {
      const key = newKey(name);
      const [header, body, signature] = signJws({}, payload, key).split('.') as [string, string, string];
      const point = Buffer.concat([
        Buffer.from([4]),
        ...[key.jwk.x, key.jwk.y].map((part) => Buffer.from(part, 'base64url')),
      ]);
      const bytes = Buffer.from(signature, 'base64url');
      expect(p256.verify(bytes, Buffer.from(`${header}.${body}`), point, { lowS: false, prehash: true })).to.equal(
        true,
      );
      expect(key.kid).to.equal(thumbprintOf(key.jwk));
    };
    fc.assert(fc.property(fc.string(), fc.string(), check), { numRuns: 60 });
  });
});

describe('a statement', () => {
  const payload = { channel: 'c', event: 'M:e', exp: 1, ticket: 'M:e:a:1', issue: 1, change: 0 };

  it('has a digest of its payload, whoever signs it and however often', () => {
    const check = (one: string, other: string, jti: string) => {
      const digest = (name: string) =>
        decodeStatement('presentation', signStatement('presentation', { ...payload, jti }, newKey(name)), 'it').digest;
      expect(digest(one)).to.equal(digest(one));
      expect(digest(one)).to.equal(digest(other));
    };
    fc.assert(fc.property(fc.string(), fc.string(), fc.stringMatching(/^[a-z0-9]{8,20}$/), check), { numRuns: 40 });
  });

  it('is refused, never a fault, whatever its bytes', () => {
    const names = Object.keys(payloadSchemas) as StatementName[];
    const check = (name: StatementName, header: unknown, body: unknown) => {
      const compact = signJws(header, body, newKey('fuzz'));
      expect(() => decodeStatement(name, compact, 'it')).to.throw(Refusal);
    };
    fc.assert(fc.property(fc.constantFrom(...names), fc.jsonValue(), fc.jsonValue(), check), { numRuns: 100 });
  });

  it('is refused as any text', () => {
    const check = (text: string) => {
      expect(() => decodeStatement('sale', text, 'it')).to.throw(Refusal);
    };
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), check), RUNS);
  });
});

describe('a batch', () => {
  it('is refused or read, never a fault, whatever its text', () => {
    const check = (text: string) => {
      try {
        prepareBatch(parseBatch(text), 'M');
      } catch (error) {
        expect(error).to.be.instanceOf(Refusal);
      }
    };
    const commands = fc.array(fc.jsonValue(), { maxLength: 5 });
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      commands.map((list) => JSON.stringify({ commands: list })),
    );
    fc.assert(fc.property(texts, check), RUNS);
  });
});
