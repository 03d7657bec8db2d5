/** Against the rules of Fabric's configtx; that orderers take it is shown by the integration test of joining. */
import { common } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import { admitMember, changeEndorsers, hasMember, memberCount, sameEndorsers } from '../../../network/config-update.js';
import { encodePolicy } from '../../../network/endorsement-policy.js';

interface Element {
  getVersion(): number;
  getModPolicy(): string;
}
interface Elements<T extends Element = Element> {
  get(name: string): T | undefined;
  set(name: string, value: T): unknown;
  forEach(visit: (value: T, name: string) => void): void;
}
const groups = (group: common.ConfigGroup) => group.getGroupsMap() as Elements<common.ConfigGroup>;
const policies = (group: common.ConfigGroup) => group.getPoliciesMap() as Elements<common.ConfigPolicy>;
const values = (group: common.ConfigGroup) => group.getValuesMap() as Elements<common.ConfigValue>;

function aPolicy(text: string, version = 0): common.ConfigPolicy {
  const policy = new common.Policy();
  policy.setValue(Buffer.from(text));
  const element = new common.ConfigPolicy();
  element.setPolicy(policy);
  element.setModPolicy('Admins');
  element.setVersion(version);
  return element;
}

function aMember(name: string, version = 0): common.ConfigGroup {
  const value = new common.ConfigValue();
  value.setValue(Buffer.from(`the root of ${name}`));
  value.setModPolicy('Admins');
  const group = new common.ConfigGroup();
  group.setModPolicy('Admins');
  group.setVersion(version);
  values(group).set('MSP', value);
  policies(group).set('Admins', aPolicy(name));
  return group;
}

/** @param version of every element of the application group that can have one */
function aChannel(members: readonly string[], version = 0): common.ConfigGroup {
  const application = new common.ConfigGroup();
  application.setModPolicy('Admins');
  application.setVersion(version);
  for (const member of members) groups(application).set(member, aMember(member, version));
  const by = encodePolicy({ count: 2, mspIds: members });
  const endorsement = Buffer.from(by).toString('base64');
  policies(application).set('Admins', aPolicy('majority', version));
  policies(application).set('Endorsement', aPolicy(endorsement, version));
  policies(application).set('LifecycleEndorsement', aPolicy(endorsement, version));
  values(application).set('Capabilities', new common.ConfigValue());
  const channel = new common.ConfigGroup();
  channel.setVersion(7);
  groups(channel).set('Application', application);
  groups(channel).set('Orderer', new common.ConfigGroup());
  return channel;
}

const namesOf = (elements: Elements): string[] => {
  const names: string[] = [];
  elements.forEach((_, name) => names.push(name));
  return names.sort();
};

describe('channel update for a new member', () => {
  const current = aChannel(['A', 'B', 'C'], 4);
  const target = aChannel(['A', 'B', 'C', 'D']);
  const update = admitMember('guichet', current, target, 'D');
  const read = groups(update.getReadSet()!).get('Application')!;
  const write = groups(update.getWriteSet()!).get('Application')!;

  it('builds on the versions that are there', () => {
    expect(update.getChannelId()).to.equal('guichet');
    expect(update.getReadSet()!.getVersion()).to.equal(7);
    expect(read.getVersion()).to.equal(4);
    for (const elements of [groups(read), policies(read)])
      elements.forEach((element) => expect(element.getVersion()).to.equal(4));
    expect(namesOf(groups(read))).to.deep.equal(['A', 'B', 'C']);
    expect(namesOf(values(read))).to.deep.equal(['Capabilities']);
  });

  it('touches nothing beside the application’s members', () => {
    expect(namesOf(groups(update.getWriteSet()!))).to.deep.equal(['Application']);
    expect(update.getWriteSet()!.getVersion()).to.equal(7);
  });

  it('adds the member whole, as something new', () => {
    expect(write.getVersion()).to.equal(5);
    expect(write.getModPolicy()).to.equal('Admins');
    expect(namesOf(groups(write))).to.deep.equal(['A', 'B', 'C', 'D']);
    const added = groups(write).get('D')!;
    expect(Buffer.from(added.serializeBinary())).to.deep.equal(Buffer.from(aMember('D').serializeBinary()));
    for (const name of ['A', 'B', 'C']) expect(namesOf(values(groups(write).get(name)!))).to.deep.equal([]);
  });

  it('leaves every policy as it is: nobody has yet seen it endorse', () => {
    for (const name of ['Endorsement', 'LifecycleEndorsement', 'Admins']) {
      expect(policies(write).get(name)!.getVersion()).to.equal(4);
      expect(policies(write).get(name)!.getPolicy()).to.be.undefined;
    }
  });

  it('knows who is a member', () => {
    expect([hasMember(current, 'C'), hasMember(current, 'D'), hasMember(target, 'D')]).to.deep.equal([
      true,
      false,
      true,
    ]);
    expect([memberCount(current), memberCount(target)]).to.deep.equal([3, 4]);
    expect(() => admitMember('guichet', current, target, 'E')).to.throw('no member E');
  });
});

describe('channel update for new endorsers', () => {
  const target = aChannel(['A', 'B', 'C', 'D']);
  const names = ['Endorsement', 'LifecycleEndorsement'];
  const policyIn = (channel: common.ConfigGroup, name: string) =>
    policies(groups(channel).get('Application')!).get(name)!;
  /** A member already, but not in the policies. */
  let current: common.ConfigGroup;

  beforeEach(() => {
    current = aChannel(['A', 'B', 'C', 'D'], 4);
    const before = aChannel(['A', 'B', 'C']);
    for (const name of names) policyIn(current, name).setPolicy(policyIn(before, name).getPolicy());
  });

  it('changes the policies that name them, on the versions that are there', () => {
    const update = changeEndorsers('guichet', current, target);
    const write = groups(update.getWriteSet()!).get('Application')!;
    const read = groups(update.getReadSet()!).get('Application')!;
    expect([update.getReadSet()!.getVersion(), update.getWriteSet()!.getVersion()]).to.deep.equal([7, 7]);
    expect([read.getVersion(), write.getVersion()]).to.deep.equal([4, 4]);
    expect(namesOf(policies(write))).to.deep.equal(names);
    for (const name of names) {
      expect(policies(read).get(name)!.getVersion()).to.equal(4);
      expect(policies(write).get(name)!.getVersion()).to.equal(5);
      const [written, wanted] = [policies(write).get(name)!, policyIn(target, name)];
      expect(written.getPolicy()!.toObject()).to.deep.equal(wanted.getPolicy()!.toObject());
      expect(written.getModPolicy()).to.equal('Admins');
    }
  });

  it('names no member and nothing else', () => {
    const write = groups(changeEndorsers('guichet', current, target).getWriteSet()!).get('Application')!;
    expect([namesOf(groups(write)), namesOf(values(write))]).to.deep.equal([[], []]);
  });

  it('leaves a policy alone that stays as it is', () => {
    policyIn(current, 'Endorsement').setPolicy(policyIn(target, 'Endorsement').getPolicy());
    const write = groups(changeEndorsers('guichet', current, target).getWriteSet()!).get('Application')!;
    expect(namesOf(policies(write))).to.deep.equal(['LifecycleEndorsement']);
    expect(sameEndorsers(current, target)).to.be.false;
  });

  it('is not needed where all are the same', () => {
    expect(sameEndorsers(current, target)).to.be.false;
    for (const name of names) policyIn(current, name).setPolicy(policyIn(target, name).getPolicy());
    expect(sameEndorsers(current, target)).to.be.true;
  });
});
