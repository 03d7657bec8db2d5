import { common, msp, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import {
  Definition,
  readEndorsementRule,
  ruleIn,
  type EndorsementRule,
} from '../../../../gateway/fabric/definition.js';
import { encodePolicy } from '../../../../network/endorsement-policy.js';
import { VirtualClock } from '../../../simulation/virtual-clock.js';
import { FakeConnection } from './fake-connection.js';

const FOUR = ['OrganizerMSP', 'ResellerMSP', 'VenueMSP', 'AgencyMSP'];
const policyOf = (count: number, mspIds: readonly string[]) =>
  peer.ApplicationPolicy.deserializeBinary(encodePolicy({ count, mspIds }));

describe('chaincode definition', () => {
  it('says how many of which organizations must endorse', () => {
    expect(ruleIn(policyOf(3, FOUR))).to.deep.equal({ needed: 3, organizations: FOUR });
  });

  it('is not followed where it asks for something else', () => {
    const named = new peer.ApplicationPolicy();
    named.setChannelConfigPolicyReference('/Channel/Application/Endorsement');
    expect(ruleIn(named)).to.be.undefined;
    const nested = policyOf(2, FOUR);
    const [first] = nested.getSignaturePolicy()!.getRule()!.getNOutOf()!.getRulesList();
    first!.setNOutOf(new common.SignaturePolicy.NOutOf());
    expect(ruleIn(nested)).to.be.undefined;
    const unnamed = policyOf(1, FOUR);
    unnamed.getSignaturePolicy()!.addIdentities(new msp.MSPPrincipal());
    expect(ruleIn(unnamed)).to.be.undefined;
  });

  it('is read from a peer by the chaincode’s name', async () => {
    const result = new peer.lifecycle.QueryChaincodeDefinitionResult();
    result.setValidationParameter(encodePolicy({ count: 3, mspIds: FOUR }));
    const connection = new FakeConnection({ evaluate: () => result.serializeBinary() });
    expect(await readEndorsementRule(connection.port)).to.deep.equal({ needed: 3, organizations: FOUR });
    const [{ chaincode, transaction, arguments: given }] = connection.asked as [(typeof connection.asked)[0]];
    expect([chaincode, transaction]).to.deep.equal(['_lifecycle', 'QueryChaincodeDefinition']);
    const args = peer.lifecycle.QueryChaincodeDefinitionArgs.deserializeBinary(Buffer.from(given[0]!));
    expect(args.getName()).to.equal('box-office');
  });
});

describe('keeping up with the definition', () => {
  const [before, after]: EndorsementRule[] = [
    { needed: 2, organizations: FOUR.slice(0, 3) },
    { needed: 3, organizations: FOUR },
  ];
  let clock: VirtualClock;
  let now: EndorsementRule | undefined | Error;
  let reads: number;
  let changes: EndorsementRule[];
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
      changed: (rule) => changes.push(rule),
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

  it('goes on with what was known while no peer answers', async () => {
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
    const taken: EndorsementRule[] = [];
    definition = new Definition({
      read: () => Promise.resolve(after),
      changed: (rule) => {
        if (fails) throw new Error('the profile is being written');
        taken.push(rule);
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
