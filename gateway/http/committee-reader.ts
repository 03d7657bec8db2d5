/** Reading the committee's keys: how far each generation is, and what wallets need to believe a key without believing a gateway. */
import { BatchState } from '../../chaincode/domain/state.js';
import { generationKey, messageKey, sharedKeyKey } from '../../chaincode/domain/committee-keys.js';
import type { KeyRecord, UsableKey } from '../../chaincode/domain/committee-records.js';
import type { Board } from '../../chaincode/crypto/generation/board.js';
import { ROUNDS, type Posted } from '../../chaincode/domain/key-generation/board.js';
import {
  keysOfView,
  requirePosted,
  slotsOf,
  viewOfAll,
  type Named,
} from '../../chaincode/domain/key-generation/slots.js';
import { refuse } from '../../chaincode/domain/refusal.js';
import { GatewayError } from '../errors.js';
import type { Records } from './ports.js';

/** @param key `dedup` or an event's id, here and below @throws {GatewayError} NOT_FOUND before its first generation */
export async function requireKeyRecord(records: Records, key: string): Promise<KeyRecord> {
  const [record] = await records.read([sharedKeyKey(key)]);
  if (!record) throw new GatewayError('NOT_FOUND', { field: 'key', key });
  return record;
}

/** @returns the statements of those nodes that hold a share of it and are ready */
export async function readReady(records: Records, key: string, usable: UsableKey): Promise<readonly string[]> {
  const { generation, nodes } = usable;
  const keys = nodes.map((_, at) => messageKey(key, generation, { kind: 'ready', index: at + 1 }));
  const found = await records.read(keys);
  return found.flatMap((record) => (record?.statement === undefined ? [] : [record.statement]));
}

/** A generation as a command names it, with its number of places. @throws {Refusal} STALE_GENERATION for one that there is not */
export async function requireNamed(records: Records, key: string, generation: number): Promise<Named> {
  const [record, newest] = await records.read([generationKey(key, generation), sharedKeyKey(key)]);
  if (!record) return refuse('STALE_GENERATION', { field: 'generation', newest: newest?.generation ?? 0 });
  return { key, generation, nodes: slotsOf(record) };
}

/** Who was not waited for any longer. A key is usable with t that are ready: whoever comes later was not silent. */
export function silentIn({ closed }: Pick<Posted, 'closed'>, { round: now }: Pick<Board, 'round'>) {
  const ended = ROUNDS.filter((round) => round !== 'ready' || now === 'failed');
  return ended.flatMap((round) => {
    const { awaited } = closed[round] ?? {};
    return awaited ? [{ round, dealers: [...awaited.dealers], recipients: [...awaited.recipients] }] : [];
  });
}

/** Everything that was posted in a generation. @throws {Refusal} STALE_GENERATION */
export async function readPosted(records: Records, key: string, generation: number): Promise<Posted> {
  const view = viewOfAll(await requireNamed(records, key, generation));
  const keys = keysOfView(view);
  const found = (await records.read(keys)) as readonly unknown[];
  return requirePosted(new BatchState(new Map(keys.map((each, index) => [each, found[index]]))), view);
}
