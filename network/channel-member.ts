/**
 * An organization's place in the running channel: first a member, later one of the endorsers that its policies name. Each is a change of its
 * configuration that a majority of the members' administrators sign.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import { signUpdate } from './administrator.js';
import { broadcast } from './broadcast.js';
import { channelConfig, draftBlock } from './channel.js';
import { admitMember, changeEndorsers, hasMember, memberCount, sameEndorsers } from './config-update.js';
import { withPeers } from './fabric-peer.js';
import type { NetworkPlan, OrganizationPlan } from './plan.js';
import { until } from './waiting.js';

const CHANGE_MS = 60_000;
/** An orderer that does not lead passes a change on after two seconds (configtx.ts, RequestForwardTimeout). */
const ATTEMPT_MS = 8_000;

/** Makes it a member, of which nothing asks for an endorsement yet. @throws NetworkError as changeChannel */
export async function admitToChannel(plan: NetworkPlan, { name, mspId }: OrganizationPlan): Promise<void> {
  await changeChannel(plan, {
    what: `${name} in the channel`,
    isDone: (current) => hasMember(current, mspId),
    updateOf: (current, target) => admitMember(plan.topology.channel, current, target, mspId),
  });
}

/** Has the channel's policies name exactly those who endorse by the plan. @throws NetworkError as changeChannel */
export async function countInChannel(plan: NetworkPlan): Promise<void> {
  await changeChannel(plan, {
    what: "the endorsers in the channel's policies",
    isDone: sameEndorsers,
    updateOf: (current, target) => changeEndorsers(plan.topology.channel, current, target),
  });
}

/** @param target the configuration of a channel that has been as planned from the start */
interface ChannelChange {
  readonly what: string;
  readonly isDone: (current: common.ConfigGroup, target: common.ConfigGroup) => boolean;
  readonly updateOf: (current: common.ConfigGroup, target: common.ConfigGroup) => common.ConfigUpdate;
}

/** @throws NetworkError NOT_READY with the reason of the orderer that was asked last */
async function changeChannel(plan: NetworkPlan, { what, isDone, updateOf }: ChannelChange): Promise<void> {
  const target = await targetGroup(plan);
  await withPeers(plan.peers.slice(0, 1), async ([peer]) => {
    if (!peer) throw new Error('the network has no peer');
    const currentGroup = async () => groupOf(await channelConfig(plan.topology.channel, peer));
    let attempt = 0;
    await until({ what, timeoutMs: CHANGE_MS }, async () => {
      const orderer = plan.orderers[attempt++ % plan.orderers.length];
      const current = await currentGroup();
      if (!orderer || isDone(current, target)) return;
      await broadcast(orderer, await signUpdate(updateOf(current, target), majorityOf(plan, current)));
      await until({ what, timeoutMs: ATTEMPT_MS }, async () => {
        if (!isDone(await currentGroup(), target)) throw new Error('no block has it');
      });
    });
  });
}

/** The channel's policy for such changes (configtx.ts, Admins): one more than half of those who are members now, who joins being the last. */
const majorityOf = ({ organizations }: NetworkPlan, current: common.ConfigGroup): readonly OrganizationPlan[] =>
  organizations.slice(0, Math.floor(memberCount(current) / 2) + 1);

/** As configtxgen would have made it with everybody from the start: members, policies and anchor peers are rendered in one place. */
async function targetGroup(plan: NetworkPlan): Promise<common.ConfigGroup> {
  const dir = join(plan.directory.channelDir, 'as-planned');
  const file = await draftBlock(plan, dir);
  const [envelope = new Uint8Array()] =
    common.Block.deserializeBinary(readFileSync(file)).getData()?.getDataList_asU8() ?? [];
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
  rmSync(dir, { recursive: true });
  return groupOf(common.ConfigEnvelope.deserializeBinary(payload.getData_asU8()).getConfig());
}

function groupOf(config: common.Config | undefined): common.ConfigGroup {
  const group = config?.getChannelGroup();
  if (!group) throw new Error('the configuration has no channel group');
  return group;
}
