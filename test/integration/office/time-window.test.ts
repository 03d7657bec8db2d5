/** A transaction's time is its client's word; peers believe it only within a minute, and only while they endorse. */
import { expect } from 'chai';
import { common, gateway as protos, peer } from '@hyperledger/fabric-protos';
import { liveScene, type LiveScene } from '../../support/live-scene.js';
import { batchOf } from '../../support/party-ledger.js';
import { EVERYBODY, realNetwork, type Party } from '../../support/real-network.js';
import { aSale } from '../../support/statements.js';

describe("a transaction's time", () => {
  let reseller: Party;
  let scene: LiveScene;

  before(async () => {
    ({ reseller } = await realNetwork());
    scene = liveScene();
    await reseller.ledger.accept([scene.event.command, scene.floor.command], EVERYBODY);
  });

  for (const [offsetS, believed] of [
    [-3_600, false],
    [-90, false],
    [-20, true],
    [20, true],
    [90, false],
    [3_600, false],
  ] as const) {
    it(`of ${offsetS} s from now is ${believed ? 'believed' : 'refused while endorsing'}`, async () => {
      const endorsed = await endorseAt(reseller, scene, Date.now() + offsetS * 1_000).then(
        () => true,
        () => false,
      );
      expect(endorsed).to.equal(believed);
    });
  }
});

/** A proposal as the SDK makes it, but dated by us: the SDK signs it afterwards, since it is not signed yet. */
function endorseAt({ ledger }: Party, { floor }: LiveScene, timeMs: number): Promise<unknown> {
  const { endpoints, profile } = ledger.connection;
  const [own] = endpoints;
  const draft = own!.network.getContract(profile.chaincode).newProposal('BoxOffice:submit', {
    arguments: [batchOf([aSale(floor).command])],
    endorsingOrganizations: [...EVERYBODY],
  });
  return own!.gateway.newProposal(redated(draft.getBytes(), timeMs)).endorse();
}

function redated(bytes: Uint8Array, timeMs: number): Uint8Array {
  const proposed = protos.ProposedTransaction.deserializeBinary(bytes);
  const signed = proposed.getProposal() ?? new peer.SignedProposal();
  const proposal = peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8());
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  // The protobuf package has no types for what it takes from Google's.
  const timestamp = channelHeader.getTimestamp() as unknown as { setSeconds(seconds: number): void };
  timestamp.setSeconds(Math.floor(timeMs / 1_000));
  header.setChannelHeader(channelHeader.serializeBinary());
  proposal.setHeader(header.serializeBinary());
  signed.setProposalBytes(proposal.serializeBinary());
  proposed.setProposal(signed);
  return proposed.serializeBinary();
}
