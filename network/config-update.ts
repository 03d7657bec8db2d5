/**
 * Changes of a channel's configuration by which an organization becomes a member and, later, one of the endorsers: computed here, in the terms of Fabric's
 * configtx (common/configtx of the sources: a read set with the versions that it builds on, a write set in which every changed element has the next
 * version). Fabric's own configtxlator computes any difference; these are known, and a program more to build and to trust would be longer than they are.
 */
import { common } from '@hyperledger/fabric-protos';

const { ConfigGroup, ConfigPolicy, ConfigUpdate, ConfigValue } = common;
const APPLICATION = 'Application';
/** They name the endorsing organizations (configtx.ts). */
const ENDORSER_POLICIES = ['LifecycleEndorsement', 'Endorsement'];

/** Whether an organization is a member. */
export const hasMember = (channel: common.ConfigGroup, mspId: string): boolean =>
  groupsOf(applicationOf(channel)).has(mspId);

export const memberCount = (channel: common.ConfigGroup): number => groupsOf(applicationOf(channel)).getLength();

/** Whether the policies that name the endorsers are the same in both. */
export const sameEndorsers = (channel: common.ConfigGroup, other: common.ConfigGroup): boolean =>
  changedPolicies(channel, other).length === 0;

/**
 * A member more, which no policy names yet: who endorses is as it was.
 * @param current the channel's group as it is
 * @param target the same of a channel that has had the member from the start
 */
export function admitMember(
  channelId: string,
  current: common.ConfigGroup,
  target: common.ConfigGroup,
  mspId: string,
): common.ConfigUpdate {
  const newcomer = groupsOf(applicationOf(target)).get(mspId);
  if (!newcomer) throw new Error(`the draft has no member ${mspId}`);
  const application = applicationOf(current);
  // Whoever changes which elements a group has must name all that it had.
  const read = versionsIn(application);
  const write = versionsIn(application);
  write.setVersion(application.getVersion() + 1);
  write.setModPolicy(application.getModPolicy());
  groupsOf(write).set(mspId, newcomer);
  return updateOf(channelId, current, read, write);
}

/** The endorsers as the target has them; members and everything else stay. */
export function changeEndorsers(
  channelId: string,
  current: common.ConfigGroup,
  target: common.ConfigGroup,
): common.ConfigUpdate {
  const application = applicationOf(current);
  const read = ofVersion(new ConfigGroup(), application);
  const write = ofVersion(new ConfigGroup(), application);
  for (const { name, before, after } of changedPolicies(current, target)) {
    policiesOf(read).set(name, ofVersion(new ConfigPolicy(), before));
    const changed = new ConfigPolicy();
    changed.setVersion(before.getVersion() + 1);
    changed.setModPolicy(after.getModPolicy());
    changed.setPolicy(after.getPolicy());
    policiesOf(write).set(name, changed);
  }
  return updateOf(channelId, current, read, write);
}

function changedPolicies(current: common.ConfigGroup, target: common.ConfigGroup) {
  return ENDORSER_POLICIES.map((name) => {
    const before = policiesOf(applicationOf(current)).get(name);
    const after = policiesOf(applicationOf(target)).get(name);
    if (!before || !after) throw new Error(`the channel has no policy ${name}`);
    return { name, before, after };
  }).filter(({ before, after }) => Buffer.compare(bytesOf(before.getPolicy()), bytesOf(after.getPolicy())) !== 0);
}

/** @param read and @param write of the application group */
function updateOf(
  channelId: string,
  current: common.ConfigGroup,
  read: common.ConfigGroup,
  write: common.ConfigGroup,
): common.ConfigUpdate {
  const update = new ConfigUpdate();
  update.setChannelId(channelId);
  update.setReadSet(inChannel(current, read));
  update.setWriteSet(inChannel(current, write));
  return update;
}

const bytesOf = (policy: common.Policy | undefined): Uint8Array => policy?.serializeBinary() ?? new Uint8Array();

/** A group's elements by name, with nothing but their versions. */
function versionsIn(group: common.ConfigGroup): common.ConfigGroup {
  const versions = ofVersion(new ConfigGroup(), group);
  groupsOf(group).forEach((each, name) => groupsOf(versions).set(name, ofVersion(new ConfigGroup(), each)));
  valuesOf(group).forEach((each, name) => valuesOf(versions).set(name, ofVersion(new ConfigValue(), each)));
  policiesOf(group).forEach((each, name) => policiesOf(versions).set(name, ofVersion(new ConfigPolicy(), each)));
  return versions;
}

interface Versioned {
  getVersion(): number;
  setVersion(version: number): unknown;
}

function ofVersion<T extends Versioned>(element: T, like: Versioned): T {
  element.setVersion(like.getVersion());
  return element;
}

function inChannel(channel: common.ConfigGroup, application: common.ConfigGroup): common.ConfigGroup {
  const group = ofVersion(new ConfigGroup(), channel);
  groupsOf(group).set(APPLICATION, application);
  return group;
}

function applicationOf(channel: common.ConfigGroup): common.ConfigGroup {
  const application = groupsOf(channel).get(APPLICATION);
  if (!application) throw new Error('the channel has no application group');
  return application;
}

/** A field of Protobuf's type map, whose own type declaration is in a package that we don't have. */
interface MapField<T> {
  get(name: string): T | undefined;
  has(name: string): boolean;
  getLength(): number;
  set(name: string, value: T): unknown;
  forEach(visit: (value: T, name: string) => void): void;
}

const groupsOf = (group: common.ConfigGroup) => group.getGroupsMap() as MapField<common.ConfigGroup>;
const valuesOf = (group: common.ConfigGroup) => group.getValuesMap() as MapField<common.ConfigValue>;
const policiesOf = (group: common.ConfigGroup) => group.getPoliciesMap() as MapField<common.ConfigPolicy>;
