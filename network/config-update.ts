/**
 * The change of a channel's configuration by which an organization becomes a member: computed here, in the terms of Fabric's configtx (common/configtx
 * of the sources: a read set with the versions that it builds on, a write set in which every changed element has the next version). Fabric's own
 * configtxlator computes any difference; this one is known, and a program more to build and to trust would be longer than it.
 */
import { common } from '@hyperledger/fabric-protos';

const { ConfigGroup, ConfigPolicy, ConfigUpdate, ConfigValue } = common;
const APPLICATION = 'Application';
/** They name the endorsing organizations, so they change with those (configtx.ts). */
const POLICIES_BY_MEMBER = ['LifecycleEndorsement', 'Endorsement'];

/** Whether an organization is a member. */
export const hasMember = (channel: common.ConfigGroup, mspId: string): boolean =>
  groupsOf(applicationOf(channel)).has(mspId);

/**
 * @param current the channel's group as it is
 * @param target the same of a channel that has had the member from the start
 */
export function admitMember(
  channelId: string,
  current: common.ConfigGroup,
  target: common.ConfigGroup,
  mspId: string,
): common.ConfigUpdate {
  const wanted = applicationOf(target);
  const newcomer = groupsOf(wanted).get(mspId);
  if (!newcomer) throw new Error(`the draft has no member ${mspId}`);
  const application = applicationOf(current);
  // Whoever changes which elements a group has must name all that it had.
  const read = versionsIn(application);
  const write = versionsIn(application);
  write.setVersion(application.getVersion() + 1);
  write.setModPolicy(application.getModPolicy());
  groupsOf(write).set(mspId, newcomer);
  for (const name of POLICIES_BY_MEMBER) writePolicy(name, application, wanted, write);
  const update = new ConfigUpdate();
  update.setChannelId(channelId);
  update.setReadSet(inChannel(current, read));
  update.setWriteSet(inChannel(current, write));
  return update;
}

function writePolicy(
  name: string,
  current: common.ConfigGroup,
  target: common.ConfigGroup,
  write: common.ConfigGroup,
): void {
  const before = policiesOf(current).get(name);
  const after = policiesOf(target).get(name);
  if (!before || !after) throw new Error(`the channel has no policy ${name}`);
  if (Buffer.compare(bytesOf(before.getPolicy()), bytesOf(after.getPolicy())) === 0) return;
  const changed = new ConfigPolicy();
  changed.setVersion(before.getVersion() + 1);
  changed.setModPolicy(after.getModPolicy());
  changed.setPolicy(after.getPolicy());
  policiesOf(write).set(name, changed);
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
  set(name: string, value: T): unknown;
  forEach(visit: (value: T, name: string) => void): void;
}

const groupsOf = (group: common.ConfigGroup) => group.getGroupsMap() as MapField<common.ConfigGroup>;
const valuesOf = (group: common.ConfigGroup) => group.getValuesMap() as MapField<common.ConfigValue>;
const policiesOf = (group: common.ConfigGroup) => group.getPoliciesMap() as MapField<common.ConfigPolicy>;
