/**
 * A committee's key as a wallet or gate takes it: because t pinned nodes say that it is theirs, whatever the gateway says that delivered it. The public
 * shares need no word of their own: if any t of them interpolate to the group's key, every t right answers give k·M.
 */
import { decodePoint, equalPoints, type Point } from '../../chaincode/crypto/point.js';
import { interpolate } from '../../chaincode/crypto/sharing.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import type { EvaluationKey } from '../crypto/oprf.js';
import { decodeMessage, type Message } from '../messages/index.js';
import { ClientError, expectThat } from './client-error.js';
import { committeeOf, seatOfKey, type PinnedCommittee } from './pinned.js';
import { hasSigned } from './verify-message.js';

/** As the ledger shows it. */
export interface PublishedKey {
  readonly generation: number;
  readonly epoch: number;
  readonly threshold: number;
  readonly groupKey: string;
  /** K_i by index. */
  readonly publicShares: Readonly<Record<number, string>>;
  /** `guichet-key-message+jwt` of nodes that are ready. */
  readonly ready: readonly string[];
}

export interface TrustedKey extends EvaluationKey {
  /** `dedup` or an event's id. */
  readonly owner: string;
  readonly keyId: string;
  readonly groupKey: string;
  readonly committee: PinnedCommittee;
}

export interface Trust {
  readonly suite: Suite;
  readonly channel: string;
  readonly pinned: readonly PinnedCommittee[];
}

/** @throws {ClientError | Fault} COMMITTEE_NOT_PINNED, KEY_NOT_TRUSTED naming what does not hold, POINT_INVALID */
export async function trustKey(owner: string, published: PublishedKey, trust: Trust): Promise<TrustedKey> {
  const { generation, epoch, threshold, groupKey } = published;
  const committee = committeeOf(trust.pinned, epoch);
  expectThat(threshold === committee.threshold, 'KEY_NOT_TRUSTED', 'threshold');
  const publicShares = new Map(
    Object.entries(published.publicShares).map(([index, point]) => [Number(index), decodePoint(point, 'publicShares')]),
  );
  requireSharing(trust.suite, { threshold, publicShares }, decodePoint(groupKey, 'groupKey'));
  await requireReady(owner, published, committee, trust.channel);
  return { owner, keyId: `${owner}/${generation}`, groupKey, threshold, publicShares, committee };
}

/** All shares lie on the one polynomial of t coefficients whose constant is the group's key. */
function requireSharing(suite: Suite, { threshold, publicShares }: EvaluationKey, groupKey: Point): void {
  const shares = [...publicShares];
  const fixed = shares.slice(0, threshold - 1);
  const others = shares.slice(threshold - 1);
  expectThat(others.length > 0, 'KEY_NOT_TRUSTED', 'publicShares');
  for (const other of others)
    expectThat(
      equalPoints(interpolate(suite, new Map([...fixed, other])), groupKey),
      'KEY_NOT_TRUSTED',
      `publicShares[${other[0]}]`,
    );
}

async function requireReady(
  owner: string,
  { generation, groupKey, ready }: PublishedKey,
  committee: PinnedCommittee,
  channel: string,
): Promise<void> {
  const expected = { channel, owner, generation, groupKey };
  const known = new Set<number>();
  for (const compact of ready) {
    const statement = decodeMessage('key-message', compact, 'ready');
    const index = says(statement, expected) ? await signerAmong(committee, statement) : undefined;
    if (index !== undefined) known.add(index);
  }
  if (known.size < committee.threshold) throw new ClientError('KEY_NOT_TRUSTED', { field: 'ready' });
}

interface Expected {
  readonly channel: string;
  readonly owner: string;
  readonly generation: number;
  readonly groupKey: string;
}

function says({ payload }: Message<'key-message'>, { channel, owner, generation, groupKey }: Expected): boolean {
  const sameKey = payload.channel === channel && payload.key === owner && payload.generation === generation;
  return sameKey && payload.message.groupKey === groupKey;
}

async function signerAmong(committee: PinnedCommittee, statement: Message<'key-message'>): Promise<number | undefined> {
  const seat = seatOfKey(committee, statement.signer);
  if (seat?.index !== statement.payload.message.recipient) return undefined;
  return (await hasSigned(seat.member.jwk, statement)) ? seat.index : undefined;
}
