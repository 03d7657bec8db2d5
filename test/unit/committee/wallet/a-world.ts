/** Wallets, attestors, n nodes and a ledger in one process. */
import { nodeSuite } from '../../../../chaincode/crypto/node-suite.js';
import { encodePoint } from '../../../../chaincode/crypto/point.js';
import type { Suite } from '../../../../chaincode/crypto/suite.js';
import { Attestor } from '../../../../committee/attestor/index.js';
import type { PinnedCommittee, PublishedKey } from '../../../../committee/client/index.js';
import { shareAt } from '../../../../committee/crypto/polynomial.js';
import { randomScalar } from '../../../../committee/crypto/secrets.js';
import { DEDUP, type ApprovalRequest } from '../../../../committee/messages/index.js';
import { trustKey } from '../../../../committee/client/index.js';
import {
  acceptHandles,
  createStorageKey,
  enrol,
  eventHandlesRequest,
  memoryStorage,
  prepareHandles,
  StateStore,
  type StorageKey,
  type WalletServices,
  type WalletStorage,
} from '../../../../committee/wallet/index.js';
import { secretNamed } from '../../../support/curve.js';
import { newKey, type TestKey } from '../../../support/keys.js';
import { CHANNEL, NOW } from '../../../support/statements.js';
import { ALedger } from './a-ledger.js';
import { ANode, signAs, type NodeKey } from './a-node.js';

export const OPENING = 'OrganizerMSP:opening-night';
export const CLOSING = 'OrganizerMSP:closing-night';
export const ALICE = 'UTO|personal-number/uto|ZE184226B';
export const BOB = 'UTO|personal-number/uto|AB123456C';
/** Whose attestor has no node in the committee. */
export const OUTSIDE = 'OutsideMSP';
/** A sealed market of the opening. */
export const MARKET = `${OPENING}:m1`;
export const OWNERS = [DEDUP, OPENING, CLOSING, MARKET];
export const now = () => Date.parse(NOW);
const READY = Date.parse('2027-01-01T00:00:00Z') / 1000;

/** For what doesn't depend on how many nodes there are: a half of the work. */
export const SMALL = { nodes: 3, threshold: 2 } as const;

interface WorldOptions {
  readonly nodes?: number;
  readonly threshold?: number;
}

export interface WalletOptions {
  readonly storage?: WalletStorage;
  readonly key?: StorageKey;
  readonly suite?: Suite;
}

export class World {
  readonly committee: PinnedCommittee;
  readonly nodes: readonly ANode[];
  readonly ledger: ALedger;
  readonly #attestors: Map<string, TestKey>;

  /** Node i is of organization i; there is an attestor of each, and one of an organization without a node. */
  constructor({ nodes = 4, threshold = 3 }: WorldOptions = {}) {
    const indexes = Array.from({ length: nodes }, (_, at) => at + 1);
    const signing = indexes.map((index) => newKey(`node ${index}`));
    const members = indexes.map((index) => ({
      mspId: `Org${index}MSP`,
      node: `node-${index}`,
      jwk: signing[index - 1]!.jwk,
    }));
    this.committee = { epoch: 1, threshold, members };
    this.#attestors = new Map(
      [...members.map(({ mspId }) => mspId), OUTSIDE].map((mspId) => [mspId, newKey(`attestor ${mspId}`)]),
    );
    const keys = OWNERS.map((owner) => [owner, sharedKey(owner, indexes, threshold)] as const);
    const published = keys.map(([owner, { publish }]) => [owner, publish(signing)] as const);
    this.ledger = new ALedger(new Map(published), threshold);
    this.nodes = members.map(
      ({ mspId, node }, at) =>
        new ANode({
          mspId,
          node,
          signing: signing[at]!,
          keys: new Map(keys.map(([owner, { shares }]) => [owner, shares[at]!])),
          attestors: this.#attestors,
          isRegistered: (person, key) => this.ledger.bound.get(`/${person}`)?.key === key,
        }),
    );
  }

  /** @param signing called before each signature */
  attestor(mspId = OUTSIDE, signing: () => Promise<void> = () => Promise.resolve()): Attestor {
    const key = this.#attestors.get(mspId)!;
    return new Attestor({
      channel: CHANNEL,
      mspId,
      pinned: [this.committee],
      now,
      sign: async (name, payload) => {
        await signing();
        return signAs(name, payload, key);
      },
    });
  }

  async wallet({ storage = memoryStorage(), key, suite = nodeSuite }: WalletOptions = {}): Promise<WalletServices> {
    const store = await StateStore.open({ storage, key: key ?? (await createStorageKey()), channel: CHANNEL });
    const { committee, nodes, ledger } = this;
    return {
      store,
      nodes,
      ledger,
      channel: CHANNEL,
      pinned: [committee],
      suite,
      random: randomScalar,
      now,
      timeoutMs: 5_000,
    };
  }

  /** Goes to an attestor for a master handle. */
  async attested(wallet: WalletServices, identity = ALICE, mspId = OUTSIDE, events = 3): Promise<void> {
    const request = await prepareHandles({ identity, desk: mspId }, wallet, events);
    await acceptHandles([await this.attestor(mspId).signMaster(identity, request)], wallet);
  }

  /** The whole of an enrolment, with handles for events. */
  async enrolled(wallet: WalletServices, identity = ALICE, mspId = OUTSIDE): Promise<string> {
    await this.attested(wallet, identity, mspId);
    const { subject } = await enrol(wallet);
    await acceptHandles(
      await this.attestor(mspId).signEventHandles(identity, eventHandlesRequest(mspId, wallet)),
      wallet,
    );
    return subject;
  }

  async approvals(identity: string, request: ApprovalRequest, mspIds: readonly string[]): Promise<string[]> {
    const owner = request.event ?? DEDUP;
    const trust = { suite: nodeSuite, channel: CHANNEL, pinned: [this.committee] };
    const key = await trustKey(owner, await this.ledger.key(owner), trust);
    return Promise.all(mspIds.map((mspId) => this.attestor(mspId).approve(identity, request, key)));
  }
}

/** What t nodes have together. */
export const secretOf = (owner: string, threshold: number) => secretNamed(`${owner} ${threshold} 0`);

function sharedKey(owner: string, indexes: readonly number[], threshold: number) {
  const polynomial = Array.from({ length: threshold }, (_, at) => secretNamed(`${owner} ${threshold} ${at}`));
  const keyShares = indexes.map((index) => {
    const secret = shareAt(polynomial, index);
    return { index, secret, publicShare: nodeSuite.multiplyBase(secret)! };
  });
  const publicShares = new Map(keyShares.map(({ index, publicShare }) => [index, publicShare]));
  const shares = keyShares.map((share): NodeKey => ({ keyId: `${owner}/1`, share, key: { threshold, publicShares } }));
  const groupKey = encodePoint(nodeSuite.multiplyBase(polynomial[0]!)!);
  const publish = (signing: readonly TestKey[]): PublishedKey => ({
    generation: 1,
    epoch: 1,
    threshold,
    groupKey,
    publicShares: Object.fromEntries(keyShares.map(({ index, publicShare }) => [index, encodePoint(publicShare)])),
    ready: signing.map((key, at) => {
      const message = { kind: 'ready' as const, recipient: at + 1, groupKey, possession: 'A'.repeat(87) };
      return signAs(
        'key-message',
        { channel: CHANNEL, jti: `ready-000${at}`, exp: READY, key: owner, generation: 1, message },
        key,
      );
    }),
  });
  return { shares, publish };
}
