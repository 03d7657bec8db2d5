/** The channel: its first block, and every orderer and peer in it. Joining again is no error and changes nothing. */
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { common, peer as peerProtos } from '@hyperledger/fabric-protos';
import { PROFILE, renderConfigtx } from './configtx.js';
import { writeWhole } from './data-directory.js';
import type { PeerConnection } from './fabric-peer.js';
import { readPem, serverName } from './membership.js';
import type { NetworkPlan, OrdererPlan } from './plan.js';
import { runProgram } from './run-program.js';

/** Makes the channel's first block once. */
export async function createGenesisBlock(plan: NetworkPlan): Promise<void> {
  if (existsSync(genesisFile(plan))) return;
  renameSync(await draftBlock(plan, plan.directory.channelDir), genesisFile(plan));
}

/** The first block of a channel that has these members from the start, in a folder beside its settings. @returns its file */
export async function draftBlock(plan: NetworkPlan, dir: string): Promise<string> {
  mkdirSync(dir, { recursive: true });
  writeWhole(join(dir, 'configtx.yaml'), renderConfigtx(plan));
  const { channel } = plan.topology;
  const draft = join(dir, `${channel}.block.tmp`);
  const options = ['-profile', PROFILE, '-channelID', channel, '-outputBlock', draft, '-configPath', dir];
  await runProgram([join(plan.binDir, 'configtxgen'), ...options], {
    cwd: dir,
    env: { FABRIC_LOGGING_SPEC: 'error' },
  });
  return draft;
}

const genesisFile = (plan: NetworkPlan): string => join(plan.directory.channelDir, `${plan.topology.channel}.block`);

/** @throws NetworkError PROPOSAL_REFUSED; ServiceError while the peer is starting */
export async function joinPeer(plan: NetworkPlan, peer: PeerConnection): Promise<void> {
  const { channel } = plan.topology;
  const reply = peerProtos.ChannelQueryResponse.deserializeBinary(await peer.propose('', 'cscc', 'GetChannels'));
  if (reply.getChannelsList().some((info) => info.getChannelId() === channel)) return;
  await peer.propose('', 'cscc', 'JoinChain', [readFileSync(genesisFile(plan))]);
}

/** The channel's configuration as a peer has it now. */
export async function channelConfig(channel: string, peer: PeerConnection): Promise<common.Config> {
  return common.Config.deserializeBinary(
    await peer.propose(channel, 'cscc', 'GetChannelConfig', [Buffer.from(channel)]),
  );
}

/** How many blocks a peer has. */
export async function blockHeight(channel: string, peer: PeerConnection): Promise<number> {
  const payload = await peer.propose(channel, 'qscc', 'GetChainInfo', [Buffer.from(channel)]);
  return common.BlockchainInfo.deserializeBinary(payload).getHeight();
}

/**
 * Joins by the orderer's channel participation API.
 * @throws Error while the orderer is starting, or with the API's own words
 */
export async function joinOrderer(plan: NetworkPlan, orderer: OrdererPlan): Promise<void> {
  const { channel } = plan.topology;
  const known = await callAdmin(orderer, 'GET', `/participation/v1/channels/${channel}`);
  if (known.status === 200) return;
  const form = new FormData();
  form.append('config-block', new Blob([readFileSync(genesisFile(plan))]), `${channel}.block`);
  const body = new Response(form);
  const joined = await callAdmin(orderer, 'POST', '/participation/v1/channels', {
    type: body.headers.get('content-type') ?? '',
    bytes: Buffer.from(await body.arrayBuffer()),
  });
  // 405: joined since we asked.
  if (joined.status !== 201 && joined.status !== 405)
    throw new Error(`${orderer.name} refused to join: ${joined.text}`);
}

function callAdmin(
  orderer: OrdererPlan,
  method: string,
  path: string,
  body?: { type: string; bytes: Buffer },
): Promise<{ status: number; text: string }> {
  const { directory } = orderer.organization;
  const tls = directory.tls(orderer.node);
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: orderer.host,
        port: orderer.adminPort,
        servername: serverName(orderer.node, orderer.organization),
        method,
        path,
        timeout: 10_000,
        agent: false,
        ca: readPem(directory.tlsCaFile),
        cert: readPem(tls.certFile),
        key: readPem(tls.keyFile),
        headers: body ? { 'content-type': body.type, 'content-length': body.bytes.length } : {},
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
        response.on('error', reject);
      },
    );
    call.on('timeout', () => call.destroy(new Error(`${orderer.name} does not answer`)));
    call.on('error', reject);
    call.end(body?.bytes);
  });
}
