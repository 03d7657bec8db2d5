import { expect } from 'chai';
import { Refusal } from '../../../../chaincode/domain/refusal.js';
import { foundConsortium, type FoundingLedger } from '../../../../gateway/founding.js';
import { registerKeys } from '../../../../gateway/key-setup.js';
import { CONSORTIUM } from '../../../support/statements.js';
import { TestLedger } from '../../../support/test-ledger.js';
import { nowTimestamp } from '../../../../gateway/clock.js';
import { aGateway } from './a-gateway.js';

/** The ledger's own founding, under the port. */
function aFoundingLedger(code = 'VALID'): FoundingLedger & { readonly calls: string[] } {
  const ledger = new TestLedger();
  const calls: string[] = [];
  return {
    calls,
    records: { read: (key) => Promise.resolve(ledger.read(key)) },
    transact(transaction, argument) {
      calls.push(transaction);
      const { organizations } = JSON.parse(argument) as typeof CONSORTIUM;
      try {
        ledger[transaction === 'Consortium:propose' ? 'propose' : 'found']({ organizations });
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
      return Promise.resolve({ tx: `tx-${calls.length}`, block: calls.length, code });
    },
  };
}

describe('founding', () => {
  it('proposes and founds, and does nothing the second time', async () => {
    const ledger = aFoundingLedger();
    expect(await foundConsortium(ledger, CONSORTIUM.organizations)).to.deep.equal([
      { step: 'propose', tx: 'tx-1', block: 1 },
      { step: 'found', tx: 'tx-2', block: 2 },
    ]);
    expect(await foundConsortium(ledger, CONSORTIUM.organizations)).to.deep.equal([
      { step: 'propose' },
      { step: 'found' },
    ]);
  });

  it('goes on after a founding that stopped half way', async () => {
    const ledger = aFoundingLedger();
    await ledger.transact('Consortium:propose', JSON.stringify({ organizations: CONSORTIUM.organizations }));
    const steps = await foundConsortium(ledger, CONSORTIUM.organizations);
    expect(steps.map(({ tx }) => tx !== undefined)).to.deep.equal([false, true]);
  });

  it('fails loudly on a ledger that was founded with other roles, names or members', async () => {
    const ledger = aFoundingLedger();
    await foundConsortium(ledger, CONSORTIUM.organizations);
    const [first, ...rest] = CONSORTIUM.organizations;
    const others: (typeof CONSORTIUM.organizations)[] = [
      [{ ...first!, roles: ['organizer', 'reseller'] }, ...rest],
      [{ ...first!, name: 'Renamed' }, ...rest],
      CONSORTIUM.organizations.slice(0, -1),
    ];
    for (const organizations of others) {
      const failed: unknown = await foundConsortium(ledger, organizations).catch((error: unknown) => error);
      expect(failed).to.have.property('code', 'FOUNDING_MISMATCH');
    }
  });

  it('is of the founders, whoever has joined since', async () => {
    const ledger = aFoundingLedger();
    await foundConsortium(ledger, CONSORTIUM.organizations);
    const joined = { mspId: 'AgencyMSP', name: 'agency', roles: ['reseller'], founder: false } as const;
    expect(await foundConsortium(ledger, [...CONSORTIUM.organizations, joined])).to.deep.equal([
      { step: 'propose' },
      { step: 'found' },
    ]);
  });

  it('asks a peer again that has not read somebody else’s proposal yet', async () => {
    const ledger = aFoundingLedger();
    await foundConsortium(ledger, CONSORTIUM.organizations);
    let behind = 2;
    const lagging: FoundingLedger = {
      ...ledger,
      records: { read: (key) => (behind-- > 0 ? Promise.resolve(undefined) : ledger.records.read(key)) },
    };
    expect(await foundConsortium(lagging, CONSORTIUM.organizations)).to.deep.equal([
      { step: 'propose' },
      { step: 'found' },
    ]);
  });

  it('waits for a peer that has not read the proposal yet', async () => {
    const ledger = aFoundingLedger();
    let behind = 2;
    const lagging: FoundingLedger = {
      ...ledger,
      transact: (transaction, argument) =>
        transaction === 'Consortium:found' && behind-- > 0
          ? Promise.reject(new Refusal('NOT_FOUNDED'))
          : ledger.transact(transaction, argument),
    };
    const steps = await foundConsortium(lagging, CONSORTIUM.organizations);
    expect(steps.map(({ tx }) => tx !== undefined)).to.deep.equal([true, true]);
  });

  it('does not take a transaction that was not valid for done', async () => {
    const failed = await foundConsortium(aFoundingLedger('ENDORSEMENT_POLICY_FAILURE'), CONSORTIUM.organizations).then(
      () => '',
      (error: unknown) => String(error),
    );
    expect(failed).to.include('ENDORSEMENT_POLICY_FAILURE');
  });

  it('passes any other refusal on', async () => {
    const ledger: FoundingLedger = {
      ...aFoundingLedger(),
      transact: () => Promise.reject(new Refusal('NOT_AUTHORISED')),
    };
    const failed: unknown = await foundConsortium(ledger, CONSORTIUM.organizations).catch((error: unknown) => error);
    expect(failed).to.have.property('code', 'NOT_AUTHORISED');
  });
});

describe('first keys', () => {
  it('are registered by role, and not again', async () => {
    const gateway = await aGateway({ mspId: 'ResellerMSP' });
    gateway.network.now = nowTimestamp();
    try {
      const { keys } = await gateway.anybody.organization('ResellerMSP');
      for (const { kid } of keys) await gateway.operator.revokeKey('ResellerMSP', kid);
      const registered = await registerKeys(gateway.operator, 'ResellerMSP');
      expect(registered.map(({ use }) => use)).to.deep.equal(['seller', 'attestor']);
      expect(await registerKeys(gateway.operator, 'ResellerMSP')).to.be.empty;
    } finally {
      await gateway.close();
    }
  });
});
