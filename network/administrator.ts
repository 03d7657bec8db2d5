/** An organization's administrator as one who signs: changes of a channel's configuration and the envelope that carries one. */
import { createHash, createPrivateKey, randomBytes } from 'node:crypto';
import { signers } from '@hyperledger/fabric-gateway';
import { common, msp } from '@hyperledger/fabric-protos';
import { readPem } from './membership.js';
import type { OrganizationPlan } from './plan.js';

const NONCE_BYTES = 24;

/** An update with the signatures of those who agree, in the envelope in which one of them hands it in. */
export async function signUpdate(
  update: common.ConfigUpdate,
  administrators: readonly OrganizationPlan[],
): Promise<common.Envelope> {
  const bytes = update.serializeBinary();
  const [sender] = administrators;
  if (!sender) throw new Error('nobody signs the update');
  const signed = new common.ConfigUpdateEnvelope();
  signed.setConfigUpdate(bytes);
  signed.setSignaturesList(await Promise.all(administrators.map((each) => configSignature(each, bytes))));
  return sealedBy(sender, update.getChannelId(), signed.serializeBinary());
}

async function configSignature(administrator: OrganizationPlan, update: Uint8Array): Promise<common.ConfigSignature> {
  const header = signatureHeader(administrator);
  const signature = new common.ConfigSignature();
  signature.setSignatureHeader(header);
  signature.setSignature(await sign(administrator, Buffer.concat([header, update])));
  return signature;
}

async function sealedBy(sender: OrganizationPlan, channel: string, data: Uint8Array): Promise<common.Envelope> {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.CONFIG_UPDATE);
  channelHeader.setChannelId(channel);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader(sender));
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(data);
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(await sign(sender, payload.serializeBinary()));
  return envelope;
}

function signatureHeader({ mspId, directory }: OrganizationPlan): Uint8Array {
  const creator = new msp.SerializedIdentity();
  creator.setMspid(mspId);
  creator.setIdBytes(Buffer.from(readPem(directory.identity('admin').certFile)));
  const header = new common.SignatureHeader();
  header.setCreator(creator.serializeBinary());
  header.setNonce(randomBytes(NONCE_BYTES));
  return header.serializeBinary();
}

/** Fabric takes low-S signatures only, which the SDK's signer makes. */
function sign({ directory }: OrganizationPlan, message: Uint8Array): Promise<Uint8Array> {
  const key = createPrivateKey(readPem(directory.identity('admin').keyFile));
  return signers.newPrivateKeySigner(key)(createHash('sha256').update(message).digest());
}
