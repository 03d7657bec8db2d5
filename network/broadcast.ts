/** Hands an envelope to an orderer (orderer/ab.proto, AtomicBroadcast). What it answers is that it took it, not that a block has it. */
import { credentials } from '@grpc/grpc-js';
import { common, orderer as protos } from '@hyperledger/fabric-protos';
import { NetworkError } from './errors.js';
import { readPem, serverName } from './membership.js';
import type { OrdererPlan } from './plan.js';

const CALL_MS = 10_000;

/** @throws NetworkError PROPOSAL_REFUSED with the orderer's reason; ServiceError when it does not answer */
export async function broadcast(orderer: OrdererPlan, envelope: common.Envelope): Promise<void> {
  const { name, node, host, port, organization } = orderer;
  const tls = credentials.createSsl(Buffer.from(readPem(organization.directory.tlsCaFile)));
  const client = new protos.AtomicBroadcastClient(`${host}:${port}`, tls, {
    'grpc.ssl_target_name_override': serverName(node, organization),
  });
  try {
    const answer = await send(client, envelope);
    if (answer.getStatus() === common.Status.SUCCESS) return;
    throw new NetworkError('PROPOSAL_REFUSED', `${name}: ${answer.getInfo()}`);
  } finally {
    client.close();
  }
}

function send(client: protos.AtomicBroadcastClient, envelope: common.Envelope): Promise<protos.BroadcastResponse> {
  return new Promise((resolve, reject) => {
    const call = client.broadcast({ deadline: Date.now() + CALL_MS });
    call.on('data', (answer: protos.BroadcastResponse) => {
      resolve(answer);
      call.end();
    });
    call.on('error', reject);
    call.on('end', () => reject(new Error('the orderer said nothing')));
    call.write(envelope);
  });
}
