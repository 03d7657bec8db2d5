/** The committee's keys as an attestor believes them. It is of the organization whose peer it asks, so what that peer has is its own word. */
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import type { UsableKey } from '../../chaincode/domain/committee-records.js';
import { DEDUP, sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { trustKey, type PinnedCommittee, type TrustedKey } from '../../committee/client/index.js';
import { readReady } from '../http/committee-reader.js';
import type { Records } from '../http/ports.js';

/** @param key `dedup` or an event's id @throws {Refusal} KEY_NOT_USABLE */
async function requireUsable(records: Records, key: string): Promise<UsableKey> {
  const [record] = await records.read([sharedKeyKey(key)]);
  return record?.key ?? refuse('KEY_NOT_USABLE', { field: 'key', key, state: record?.state ?? 'none' });
}

/** Who holds a key; nodes are known by their keys here. */
const committeeOf = ({ epoch, threshold, nodes }: UsableKey): PinnedCommittee => ({
  epoch,
  threshold,
  members: nodes.map((jwk, at) => ({ mspId: '', node: String(at + 1), jwk })),
});

/** Those who say that a person is registered. @throws {Refusal} KEY_NOT_USABLE before anybody can be */
export async function registrars(records: Records): Promise<PinnedCommittee> {
  return committeeOf(await requireUsable(records, DEDUP));
}

/** @throws {Refusal | ClientError | Fault} KEY_NOT_USABLE, KEY_NOT_TRUSTED */
export async function trustedKey(records: Records, key: string, channel: string): Promise<TrustedKey> {
  const usable = await requireUsable(records, key);
  const published = { ...usable, ready: await readReady(records, key, usable) };
  return trustKey(key, published, { suite: nodeSuite, channel, pinned: [committeeOf(usable)] });
}
