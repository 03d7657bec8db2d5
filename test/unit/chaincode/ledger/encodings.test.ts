/** Bytes that reach Fabric: records, key-level policies; and what comes from it: time and caller. */
import { expect } from 'chai';
import { common, msp } from '@hyperledger/fabric-protos';
import { contextOf } from '../../../../chaincode/ledger/caller.js';
import { decodeRecord, encodeRecord } from '../../../../chaincode/ledger/codec.js';
import { encodeKeyPolicy } from '../../../../chaincode/ledger/key-policy.js';
import { FakeStub } from '../../../support/fake-stub.js';
import { CHANNEL, NOW } from '../../../support/statements.js';

describe('record', () => {
  it('is JSON in UTF-8', () => {
    const record = { name: 'Žižkov 🎭', list: [1, null], nested: { yes: true } };
    expect(Buffer.from(encodeRecord(record)).toString('utf8')).to.equal(JSON.stringify(record));
    expect(decodeRecord(encodeRecord(record))).to.deep.equal(record);
  });

  it('is absent as no bytes', () => {
    expect(decodeRecord(undefined)).to.equal(undefined);
    expect(decodeRecord(new Uint8Array())).to.equal(undefined);
  });

  it('is read from a part of a larger buffer', () => {
    const bytes = Buffer.concat([Buffer.from('xx'), encodeRecord({ a: 1 }), Buffer.from('yy')]);
    expect(decodeRecord(bytes.subarray(2, -2))).to.deep.equal({ a: 1 });
  });
});

/** A policy in words: `2 of (A, 1 of (B, C))`. */
function inWords(bytes: Uint8Array): string {
  const envelope = common.SignaturePolicyEnvelope.deserializeBinary(bytes);
  const names = envelope.getIdentitiesList().map((principal) => {
    expect(principal.getPrincipalClassification()).to.equal(msp.MSPPrincipal.Classification.ROLE);
    const role = msp.MSPRole.deserializeBinary(principal.getPrincipal_asU8());
    expect(role.getRole()).to.equal(msp.MSPRole.MSPRoleType.PEER);
    return role.getMspIdentifier();
  });
  const say = (policy: common.SignaturePolicy): string => {
    const rule = policy.getNOutOf();
    return rule ? `${rule.getN()} of (${rule.getRulesList().map(say).join(', ')})` : names[policy.getSignedBy()]!;
  };
  expect(envelope.getVersion()).to.equal(0);
  return say(envelope.getRule()!);
}

describe('key-level policy', () => {
  const cases: readonly (readonly [string[], string[], string])[] = [
    [['A'], [], '1 of (A)'],
    [['A', 'B', 'C'], [], '3 of (A, B, C)'],
    [['A'], ['B'], '2 of (A, 1 of (B))'],
    [['A'], ['B', 'C'], '2 of (A, 1 of (B, C))'],
    [['A', 'B'], ['C', 'D'], '3 of (A, B, 1 of (C, D))'],
  ];
  for (const [allOf, oneOf, words] of cases) {
    it(`of all ${allOf.join()} and one of ${oneOf.join() || 'nobody'} is ${words}`, () => {
      expect(inWords(encodeKeyPolicy({ allOf, oneOf }))).to.equal(words);
    });
  }
});

describe('circumstances of a transaction', () => {
  it('are channel, transaction and its time to the second', () => {
    const nowSeconds = Date.parse(NOW) / 1000;
    expect(contextOf(new FakeStub().context())).to.include({ channel: CHANNEL, tx: 'tx-1', now: NOW, nowSeconds });
  });

  it('read a timestamp as the shim gives it, a Long', () => {
    const fake = new FakeStub();
    const seconds = { toString: () => '1800000000', low: 1, high: 2 };
    fake.getTxTimestamp = () => ({ seconds: seconds as unknown as number, nanos: 0 });
    expect(contextOf(fake.context())).to.include({ now: '2027-01-15T08:00:00Z', nowSeconds: 1_800_000_000 });
  });

  it('name the caller and the attributes that are "true"', () => {
    const attributes = { admin: 'true', gate: 'false', 'box-office': 'TRUE', auditor: 'true', unknown: 'true' };
    const { caller } = contextOf(new FakeStub().context('VenueMSP', attributes));
    expect(caller.mspId).to.equal('VenueMSP');
    expect([...caller.attributes]).to.have.members(['admin', 'auditor']);
  });
});
