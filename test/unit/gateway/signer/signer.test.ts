import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { verifyJws } from '../../../../chaincode/crypto/jws.js';
import { decodeStatement } from '../../../../chaincode/domain/statements.js';
import { SignatureLimit } from '../../../../gateway/signer/signature-limit.js';
import { verifySignatureLog } from '../../../../gateway/signer/log-files.js';
import { signOne } from '../../../../gateway/signer/signing-keys.js';
import {
  anAllotmentPayload,
  anEventPayload,
  aSalePayload,
  aSigner,
  EVENT,
  signerFiles,
  type SignerFiles,
  type TestSigner,
} from './a-signer.js';

const codesOf = (results: readonly unknown[]) =>
  results.map((result) => (result instanceof Error && 'code' in result ? result.code : 'signed'));

describe('signer', () => {
  let files: SignerFiles;
  let test: TestSigner;
  beforeEach(async () => {
    files = await signerFiles();
    test = await aSigner(files);
  });
  afterEach(async () => {
    await test.log.close();
    await files.remove();
  });

  it('signs a statement that the domain reads and verifies', async () => {
    const { kid, jwk } = await test.signer.createKey('event', EVENT);
    const { jws, digest } = await signOne(test.signer, { kid, name: 'allotment', payload: anAllotmentPayload() });
    const statement = decodeStatement('allotment', jws, 'statement');
    expect(statement.signer).to.equal(kid);
    expect(statement.digest).to.equal(digest);
    expect(verifyJws(statement.jws, jwk)).to.be.true;
  });

  it('signs with a key only what the use of the key allows', async () => {
    const keys = {
      'event-creation': await test.signer.createKey('event-creation', 'main'),
      event: await test.signer.createKey('event', EVENT),
      seller: await test.signer.createKey('seller', 'main'),
    };
    const statements = [
      { name: 'event', payload: anEventPayload() },
      { name: 'allotment', payload: anAllotmentPayload() },
      { name: 'sale', payload: aSalePayload() },
    ] as const;
    const judged = await Promise.all(
      Object.values(keys).map(({ kid }) => test.signer.signAll(statements.map((statement) => ({ kid, ...statement })))),
    );
    expect(judged.map(codesOf)).to.deep.equal([
      ['signed', 'FORBIDDEN', 'FORBIDDEN'],
      ['FORBIDDEN', 'signed', 'FORBIDDEN'],
      ['FORBIDDEN', 'FORBIDDEN', 'signed'],
    ]);
  });

  it("signs an attestor's handles and approvals, counts the handles in its log and names none of them", async () => {
    const { kid } = await test.signer.createKey('attestor', 'main');
    const claims = { channel: 'guichet', exp: 2_000_000_000, attestor: 'OrganizerMSP' };
    const points = { blinded: 'B'.repeat(44), blindingKey: 'R'.repeat(44), commitment: 'c'.repeat(43) };
    const handle = (jti: string) =>
      ({ kid, name: 'handle', payload: { ...claims, jti, kind: 'event', ...points } }) as const;
    const replacement = { subject: 's'.repeat(43), key: 'n'.repeat(43), sequence: 1 };
    const approval = { kid, name: 'key-approval', payload: { ...claims, jti: 'approval-1', ...replacement } } as const;
    const signed = await test.signer.signAll([handle('handle-1'), handle('handle-2'), approval]);
    expect(codesOf(signed)).to.deep.equal(['signed', 'signed', 'signed']);
    const lines = (await readFile(files.log, 'utf8')).trim().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as { name: string; digest: string });
    expect(entries.map(({ name, digest }) => [name, digest])).to.deep.equal([
      ['handle', ''],
      ['handle', ''],
      ['key-approval', (signed[2] as { digest: string }).digest],
    ]);
    const sale = { kid, name: 'sale', payload: aSalePayload() } as const;
    expect(codesOf(await test.signer.signAll([sale]))).to.deep.equal(['FORBIDDEN']);
    expect(codesOf(await test.signer.signAll([{ ...handle('handle-3'), payload: {} }]))).to.deep.equal([
      'INVALID_FIELD',
    ]);
  });

  it("signs with an event's key for that event only", async () => {
    const { kid } = await test.signer.createKey('event', EVENT);
    const payload = anAllotmentPayload({ event: 'OrganizerMSP:another-night' });
    expect(codesOf(await test.signer.signAll([{ kid, name: 'allotment', payload }]))).to.deep.equal(['FORBIDDEN']);
  });

  it('does not sign a payload that the ledger could not read', async () => {
    const { kid } = await test.signer.createKey('seller', 'main');
    const payloads = [
      { ...aSalePayload(), totalMinor: 1.5 },
      { ...aSalePayload(), comment: 'for Jane Doe' },
    ];
    const results = await test.signer.signAll(payloads.map((payload) => ({ kid, name: 'sale' as const, payload })));
    expect(codesOf(results)).to.deep.equal(['INVALID_FIELD', 'UNKNOWN_FIELD']);
  });

  it('does not know a key that it does not hold', async () => {
    const results = await test.signer.signAll([{ kid: 'k'.repeat(43), name: 'sale', payload: aSalePayload() }]);
    expect(codesOf(results)).to.deep.equal(['UNKNOWN_SIGNING_KEY']);
  });

  it('limits each key, and time gives signatures back', async () => {
    let nowMs = 0;
    await test.log.close();
    test = await aSigner(files, new SignatureLimit({ signaturesPerMinute: 2, now: () => nowMs }));
    const [first, second] = [
      await test.signer.createKey('seller', 'one'),
      await test.signer.createKey('seller', 'two'),
    ];
    const sign = ({ kid }: { kid: string }) => test.signer.signAll([{ kid, name: 'sale', payload: aSalePayload() }]);
    expect([await sign(first), await sign(first), await sign(first)].map(codesOf)).to.deep.equal([
      ['signed'],
      ['signed'],
      ['SIGNER_LIMIT_REACHED'],
    ]);
    expect(codesOf(await sign(second))).to.deep.equal(['signed']);
    nowMs = 30_000;
    expect(codesOf(await sign(first))).to.deep.equal(['signed']);
  });

  describe('log', () => {
    async function threeSignatures(): Promise<string> {
      const { kid } = await test.signer.createKey('seller', 'main');
      const payload = aSalePayload();
      await test.signer.signAll([1, 2, 3].map(() => ({ kid, name: 'sale' as const, payload })));
      return readFile(files.log, 'utf8');
    }

    it('has a line for each signature, chained, without the payload', async () => {
      const text = await threeSignatures();
      expect((await verifySignatureLog(files.log)).number).to.equal(3);
      expect(text).to.include(EVENT);
      expect(text).not.to.include('b'.repeat(43));
      expect(text).not.to.include('standing');
    });

    it('goes on where it was after a restart', async () => {
      await threeSignatures();
      await test.log.close();
      test = await aSigner(files);
      await threeSignatures();
      expect((await verifySignatureLog(files.log)).number).to.equal(6);
    });
  });
});
