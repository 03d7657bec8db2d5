/**
 * A connection to one peer as its organization's administrator: proposals answered by this very peer (its own chaincodes,
 * its own view of the channel), and the gateway service for what needs several organizations.
 */
import { createPrivateKey } from 'node:crypto';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash, signers, type Gateway, type Signer } from '@hyperledger/fabric-gateway';
import { gateway as gatewayProtos, peer as peerProtos } from '@hyperledger/fabric-protos';
import { NetworkError } from './errors.js';
import { readPem, serverName } from './membership.js';
import type { PeerPlan } from './plan.js';

const CALL_MS = 10_000;

export class PeerConnection {
  readonly plan: PeerPlan;
  readonly gateway: Gateway;
  readonly #client: Client;
  readonly #signer: Signer;

  constructor(plan: PeerPlan) {
    const { directory, mspId } = plan.organization;
    const admin = directory.identity('admin');
    this.plan = plan;
    this.#client = new Client(
      `${plan.host}:${plan.port}`,
      credentials.createSsl(Buffer.from(readPem(directory.tlsCaFile))),
      {
        'grpc.ssl_target_name_override': serverName(plan.node, plan.organization),
        // Peers are called while they boot: the default pause of a second would be most of the start.
        'grpc.initial_reconnect_backoff_ms': 50,
        'grpc.min_reconnect_backoff_ms': 50,
        'grpc.max_reconnect_backoff_ms': 200,
      },
    );
    this.#signer = signers.newPrivateKeySigner(createPrivateKey(readPem(admin.keyFile)));
    const deadline = () => ({ deadline: Date.now() + CALL_MS });
    this.gateway = connect({
      client: this.#client,
      identity: { mspId, credentials: Buffer.from(readPem(admin.certFile)) },
      signer: this.#signer,
      hash: hash.sha256,
      evaluateOptions: deadline,
      endorseOptions: deadline,
      submitOptions: deadline,
      commitStatusOptions: deadline,
    });
  }

  /**
   * Asks this peer alone; nothing is ordered.
   * @param channel empty for functions of the peer itself
   * @throws NetworkError PROPOSAL_REFUSED with the chaincode's message; ServiceError when the peer does not answer
   */
  async propose(channel: string, chaincode: string, fn: string, args: readonly Uint8Array[] = []): Promise<Uint8Array> {
    const draft = this.gateway
      .getNetwork(channel)
      .getContract(chaincode)
      .newProposal(fn, { arguments: [...args] });
    const signed = this.gateway.newSignedProposal(draft.getBytes(), await this.#signer(draft.getDigest()));
    const proposal = gatewayProtos.ProposedTransaction.deserializeBinary(signed.getBytes()).getProposal();
    if (!proposal) throw new Error('the SDK made a transaction without proposal');
    const response = (await this.#call(proposal)).getResponse();
    const status = response?.getStatus() ?? 0;
    if (!response || status < 200 || status >= 400) {
      const message = `${this.plan.name}: ${chaincode} ${fn}: ${response?.getMessage() ?? 'no response'}`;
      throw new NetworkError('PROPOSAL_REFUSED', message);
    }
    return response.getPayload_asU8();
  }

  close(): void {
    this.gateway.close();
    this.#client.close();
  }

  #call(proposal: peerProtos.SignedProposal): Promise<peerProtos.ProposalResponse> {
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        '/protos.Endorser/ProcessProposal',
        (request: peerProtos.SignedProposal) => Buffer.from(request.serializeBinary()),
        (bytes: Buffer) => peerProtos.ProposalResponse.deserializeBinary(bytes),
        proposal,
        { deadline: Date.now() + CALL_MS },
        (error, response) => {
          if (error) reject(error);
          else if (response) resolve(response);
          else reject(new Error('neither error nor response'));
        },
      );
    });
  }
}

/** Opens a connection to each peer, hands them over and closes them whatever happens. */
export async function withPeers<T>(
  peers: readonly PeerPlan[],
  use: (connections: PeerConnection[]) => Promise<T>,
): Promise<T> {
  const connections = peers.map((peer) => new PeerConnection(peer));
  try {
    return await use(connections);
  } finally {
    for (const connection of connections) connection.close();
  }
}
