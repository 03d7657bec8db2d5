/** Makes an organization a member of the running channel: a change of its configuration that a majority of the members' administrators sign. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import { signUpdate } from './administrator.js';
import { broadcast } from './broadcast.js';
import { draftBlock } from './channel.js';
import { admitMember, hasMember } from './config-update.js';
import { withPeers, type PeerConnection } from './fabric-peer.js';
import type { NetworkPlan, OrganizationPlan } from './plan.js';
import { until } from './waiting.js';

const CHANGE_MS = 60_000;
/** An orderer that does not lead passes a change on after two seconds (configtx.ts, RequestForwardTimeout). */
const ATTEMPT_MS = 8_000;

/** @throws NetworkError NOT_READY with the reason of the orderer that was asked last */
export async function admitToChannel(plan: NetworkPlan, newcomer: OrganizationPlan): Promise<void> {
  const members = plan.organizations.filter((organization) => organization !== newcomer);
  await withPeers(members.flatMap(({ peers }) => peers).slice(0, 1), async ([peer]) => {
    if (!peer || hasMember(await channelGroup(plan, peer), newcomer.mspId)) return;
    const target = await targetGroup(plan, newcomer);
    let attempt = 0;
    await until({ what: `${newcomer.name} in the channel`, timeoutMs: CHANGE_MS }, async () => {
      const orderer = plan.orderers[attempt++ % plan.orderers.length];
      const current = await channelGroup(plan, peer);
      if (!orderer || hasMember(current, newcomer.mspId)) return;
      const update = admitMember(plan.topology.channel, current, target, newcomer.mspId);
      await broadcast(orderer, await signUpdate(update, majorityOf(members)));
      await becomesMember(plan, peer, newcomer);
    });
  });
}

/** The channel's policy for such changes (configtx.ts, Admins): one more than half. */
const majorityOf = (members: readonly OrganizationPlan[]): readonly OrganizationPlan[] =>
  members.slice(0, Math.floor(members.length / 2) + 1);

async function becomesMember(plan: NetworkPlan, peer: PeerConnection, { mspId, name }: OrganizationPlan) {
  await until({ what: `the change for ${name}`, timeoutMs: ATTEMPT_MS }, async () => {
    if (!hasMember(await channelGroup(plan, peer), mspId)) throw new Error('no block has it');
  });
}

/** As a peer has it now. */
async function channelGroup({ topology }: NetworkPlan, peer: PeerConnection): Promise<common.ConfigGroup> {
  const bytes = await peer.propose(topology.channel, 'cscc', 'GetChannelConfig', [Buffer.from(topology.channel)]);
  return groupOf(common.Config.deserializeBinary(bytes));
}

/** As configtxgen would have made it with the newcomer from the start: its member, policies and anchor peer are rendered in one place. */
async function targetGroup(plan: NetworkPlan, newcomer: OrganizationPlan): Promise<common.ConfigGroup> {
  const dir = join(plan.directory.channelDir, `with-${newcomer.name}`);
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
