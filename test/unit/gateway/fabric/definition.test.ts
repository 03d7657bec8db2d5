import { common, msp, peer } from '@hyperledger/fabric-protos';
import { status } from '@grpc/grpc-js';
import { expect } from 'chai';
import { Definition, readDefinition } from '../../../../gateway/fabric/definition.js';
import { plainPolicyIn, type EndorsementPolicy } from '../../../../gateway/fabric/endorsement-policy.js';
import type { FabricProfile } from '../../../../gateway/fabric/profile.js';
import { encodePolicy } from '../../../../network/endorsement-policy.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { fabricError, FakeConnection, type Asked } from './fake-connection.js';

const FOUR = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP', 'AgencyMSP'];
const policyOf = (count: number, mspIds: readonly string[]) =>
  peer.ApplicationPolicy.deserializeBinary(encodePolicy({ count, mspIds }));
const definitionOf = (count: number, mspIds: readonly string[]): Uint8Array => {
  const result = new peer.lifecycle.QueryChaincodeDefinitionResult();
  result.setValidationParameter(encodePolicy({ count, mspIds }));
  return result.serializeBinary();
};

describe('chaincode definition', () => {
  it('says how many of which organizations must endorse', () => {
    expect(plainPolicyIn(encodePolicy({ count: 3, mspIds: FOUR }))).to.deep.equal({ needed: 3, organizations: FOUR });
  });

  it('is not followed where it asks for something else', () => {
    const named = new peer.ApplicationPolicy();
    named.setChannelConfigPolicyReference('/Channel/Application/Endorsement');
    const nested = policyOf(2, FOUR);
    const [first] = nested.getSignaturePolicy()!.getRule()!.getNOutOf()!.getRulesList();
    first!.setNOutOf(new common.SignaturePolicy.NOutOf());
    const unnamed = policyOf(1, FOUR);
    unnamed.getSignaturePolicy()!.addIdentities(new msp.MSPPrincipal());
    const twice = policyOf(2, ['OrganizerMSP', 'OrganizerMSP', 'VenueMSP']);
    for (const policy of [named, nested, unnamed, twice])
      expect(plainPolicyIn(policy.serializeBinary())).to.be.undefined;
  });

  describe('as our own peer has it', () => {
    /** @returns the policy, or the code and where it is wrong */
    const read = async (connection: FakeConnection) => {
      try {
        return await readDefinition(connection.port);
      } catch (error) {
        const { code, details } = error as { code: unknown; details: { field?: string } };
        return [code, details.field];
      }
    };
    const readAs = (answer: Uint8Array, profile: Partial<FabricProfile> = {}) =>
      read(new FakeConnection({ evaluate: () => answer }, profile));

    it('is read by the chaincode’s name', async () => {
      const connection = new FakeConnection({ evaluate: () => definitionOf(3, FOUR) });
      expect(await read(connection)).to.deep.equal({ needed: 3, organizations: FOUR });
      const [{ chaincode, transaction, arguments: given }] = connection.asked as [Asked];
      expect([chaincode, transaction]).to.deep.equal(['_lifecycle', 'QueryChaincodeDefinition']);
      const args = peer.lifecycle.QueryChaincodeDefinitionArgs.deserializeBinary(Buffer.from(given[0]!));
      expect(args.getName()).to.equal('box-office');
    });

    it('is nobody else’s word, though another peer is in use and ours does not answer', async () => {
      const connection = new FakeConnection({
        evaluate: ({ address }) => {
          if (address !== 'own:1') return definitionOf(1, ['OrganizerMSP']);
          throw fabricError(status.UNAVAILABLE, 'down');
        },
      });
      connection.first = 1;
      expect(await read(connection)).to.deep.equal([status.UNAVAILABLE, undefined]);
      expect(connection.asked.map(({ address, organizations }) => [address, organizations])).to.deep.equal([
        ['own:1', ['ResellerMSP']],
      ]);
      const without = new FakeConnection({ evaluate: () => definitionOf(2, FOUR) }, {}, ['other:2']);
      expect(await read(without)).to.deep.equal(['LEDGER_UNAVAILABLE', 'profile.endpoints']);
    });

    it('is refused where one organization’s word would do', async () => {
      for (const count of [0, 1])
        expect(await readAs(definitionOf(count, FOUR))).to.deep.equal(['LEDGER_DISAGREES', 'definition.needed']);
      const alone = { endorsingOrganizations: ['ResellerMSP'] };
      expect(await readAs(definitionOf(1, ['ResellerMSP']), alone)).to.include({ needed: 1 });
      expect(await readAs(definitionOf(0, ['ResellerMSP']), alone)).to.include('definition.needed');
    });

    it('is refused where it leaves us out', async () => {
      const others = FOUR.filter((mspId) => mspId !== 'ResellerMSP');
      expect(await readAs(definitionOf(2, others))).to.deep.equal(['LEDGER_DISAGREES', 'definition.organizations']);
    });
  });
});

describe('keeping up with the definition', () => {
  const [before, after]: EndorsementPolicy[] = [
    { needed: 2, organizations: FOUR.slice(0, 3) },
    { needed: 3, organizations: FOUR },
  ];
  let clock: VirtualClock;
  let now: EndorsementPolicy | undefined | Error;
  let reads: number;
  let changes: EndorsementPolicy[];
  let reports: string[];
  let definition: Definition;

  beforeEach(() => {
    [clock, now, reads, changes, reports] = [new VirtualClock(0), before, 0, [], []];
    definition = new Definition({
      read: async () => {
        reads += 1;
        await Promise.resolve();
        if (now instanceof Error) throw now;
        return now;
      },
      changed: (policy) => changes.push(policy),
      clock,
      report: (_, message) => reports.push(message),
    });
    definition.start();
  });

  afterEach(() => definition.close());

  it('tells the first one, and then only changes', async () => {
    await clock.pass(60_000);
    expect(changes).to.deep.equal([before]);
    now = after;
    await clock.pass(10_000);
    expect(changes).to.deep.equal([before, after]);
  });

  it('looks at once when asked, and once for all who ask', async () => {
    await clock.pass(1);
    now = after;
    await Promise.all([definition.look(), definition.look()]);
    expect(changes).to.deep.equal([before, after]);
    expect(reads).to.equal(2);
  });

  it('goes on with what was known while our peer does not answer', async () => {
    await clock.pass(1);
    now = new Error('no peer');
    await clock.pass(25_000);
    expect([changes.length, new Set(reports).size]).to.deep.equal([1, 1]);
    now = after;
    await clock.pass(10_000);
    expect(changes).to.deep.equal([before, after]);
  });

  it('keeps the last one that it understood', async () => {
    await clock.pass(1);
    now = undefined;
    await clock.pass(20_000);
    expect(changes).to.deep.equal([before]);
  });

  it('tries a change again that could not be taken up', async () => {
    definition.close();
    let fails = true;
    const taken: EndorsementPolicy[] = [];
    definition = new Definition({
      read: () => Promise.resolve(after),
      changed: (policy) => {
        if (fails) throw new Error('the profile is being written');
        taken.push(policy);
      },
      clock,
      report: (_, message) => reports.push(message),
    });
    definition.start();
    await clock.pass(1);
    fails = false;
    await clock.pass(10_000);
    expect(taken).to.deep.equal([after]);
  });

  it('ends when it is closed, whatever a look under way finds', async () => {
    definition.close();
    await clock.pass(1);
    expect(changes).to.deep.equal([]);
    expect(clock.isIdle).to.be.true;
  });
});
