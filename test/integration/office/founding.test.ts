/** Founding on real Fabric: a consortium comes to be only by a transaction that every endorsing organization endorsed. */
import { expect } from 'chai';
import { foundingKey } from '../../../chaincode/domain/keys.js';
import type { FoundingRecord } from '../../../chaincode/domain/records.js';
import type { PartyLedger } from '../../support/party-ledger.js';
import { deployProbe, EVERYBODY, ORGANIZER, RESELLER, VENUE } from '../../support/real-network.js';
import type { Founder } from '../../../chaincode/domain/records.js';
import { codeOf } from '../../support/code-of.js';

describe('founding on the network', () => {
  let ledger: PartyLedger;
  let founding: string;
  const step = async (name: 'propose' | 'found', endorsers: readonly string[], argument = founding) =>
    (await ledger.transact(`Consortium:${name}`, argument, endorsers)).code;
  const recorded = async () => (await ledger.records.read<FoundingRecord>(foundingKey))?.state;

  before(async () => {
    const network = await deployProbe('founding');
    founding = network.founding;
    ledger = network.organizer.on('founding');
  });

  it('is not proposed without one of those that agreed to it', async () => {
    const { organizations } = JSON.parse(founding) as { organizations: Founder[] };
    const without = JSON.stringify({ organizations: organizations.filter(({ mspId }) => mspId !== VENUE) });
    expect(await codeOf(step('propose', [ORGANIZER, RESELLER], without))).to.equal('FOUNDING_MISMATCH');
    expect(await recorded()).to.be.undefined;
  });

  it('is not proposed by one organization alone', async () => {
    expect(await step('propose', [ORGANIZER])).to.equal('ENDORSEMENT_POLICY_FAILURE');
    expect(await recorded()).to.be.undefined;
  });

  it('is proposed by as many as the chaincode asks for', async () => {
    expect(await step('propose', [ORGANIZER, RESELLER])).to.equal('VALID');
    expect(await recorded()).to.equal('proposed');
  });

  for (const endorsers of [
    [ORGANIZER, RESELLER],
    [ORGANIZER, VENUE],
    [RESELLER, VENUE],
    [ORGANIZER],
    [RESELLER],
    [VENUE],
  ]) {
    it(`is not done by ${endorsers.join(' and ')}`, async () => {
      expect(await step('found', endorsers)).to.equal('ENDORSEMENT_POLICY_FAILURE');
      expect(await recorded()).to.equal('proposed');
    });
  }

  it('is done by all, and only once', async () => {
    expect(await step('found', EVERYBODY)).to.equal('VALID');
    expect(await recorded()).to.equal('founded');
    expect(await codeOf(step('found', EVERYBODY))).to.equal('ALREADY_FOUNDED');
    expect(await codeOf(step('propose', EVERYBODY))).to.equal('ALREADY_FOUNDED');
  });
});
