/** Reading records, pages of records and a record's history. For evaluation: they write nothing, and a range has no place in a submit. */
import type { ChaincodeStub, Iterators } from 'fabric-shim-api';
import { z } from 'zod';
import { parseWith } from '../domain/parse.js';
import { refuse, require } from '../domain/refusal.js';
import { decodeRecord } from '../ledger/codec.js';
import { loadRecords } from '../ledger/world-state.js';
import { answer } from './answer.js';
import { Context, Contract, Info, Returns, Transaction } from './fabric.js';

const MAX_PAGE = 1_000;
const recordKey = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[A-Za-z0-9_.:/-]+$/, { error: 'is not a key' });
const readSchema = z.strictObject({ keys: z.array(recordKey).min(1).max(MAX_PAGE) });
const listSchema = z.strictObject({
  prefix: recordKey,
  /** The last key of the page before. */
  after: recordKey.optional(),
  limit: z.int().min(1).max(MAX_PAGE),
});
const historySchema = z.strictObject({ key: recordKey });

@Info({ title: 'Records', description: 'Reads records' })
export class Records extends Contract {
  constructor() {
    super('Records');
  }

  /** @param query `{"keys"}` */
  @Transaction(false)
  @Returns('string')
  async read(fabric: Context, query: string): Promise<string> {
    return answer(async () => {
      const { keys } = parseWith(readSchema, parseJson(query), '');
      const loaded = await loadRecords(fabric.stub, [...new Set(keys)]);
      return { records: keys.map((key) => loaded.get(key) ?? null) };
    });
  }

  /** @param query `{"prefix", "after"?, "limit"}` */
  @Transaction(false)
  @Returns('string')
  async list(fabric: Context, query: string): Promise<string> {
    return answer(async () => listRecords(fabric.stub, parseWith(listSchema, parseJson(query), '')));
  }

  /** @param query `{"key"}` */
  @Transaction(false)
  @Returns('string')
  async history(fabric: Context, query: string): Promise<string> {
    return answer(async () => historyOf(fabric.stub, parseWith(historySchema, parseJson(query), '').key));
  }
}

/** Keys are of letters, digits and "_.:/-": "!" sorts before all of them and "~" after. */
async function listRecords(stub: ChaincodeStub, { prefix, after, limit }: z.infer<typeof listSchema>) {
  require(after?.startsWith(prefix) ?? true, 'INVALID_FIELD', { field: 'after', reason: 'is not below the prefix' });
  const iterator = await stub.getStateByRange(after === undefined ? prefix : `${after}!`, `${prefix}~`);
  const found = await take(iterator, limit + 1, ({ key, value }) => ({ key, record: decodeRecord(value) }));
  const records = found.slice(0, limit);
  const next = found.length > limit ? records[records.length - 1]?.key : undefined;
  return { records, ...(next !== undefined && { next }) };
}

async function historyOf(stub: ChaincodeStub, key: string) {
  const iterator = await stub.getHistoryForKey(key);
  const versions = await take(iterator, MAX_PAGE, ({ txId, timestamp, isDelete, value }) => ({
    tx: txId,
    timestamp: Number(timestamp.seconds.toString()),
    deleted: isDelete,
    record: decodeRecord(value) ?? null,
  }));
  return { versions };
}

/** At most `limit` of an iterator's values; it is closed in any case, because the peer keeps it open until then. */
async function take<V, T>(iterator: Iterators.CommonIterator<V>, limit: number, read: (value: V) => T): Promise<T[]> {
  const taken: T[] = [];
  try {
    while (taken.length < limit) {
      const { value, done } = await iterator.next();
      // The last answer may carry a value or not; the shim's types promise one always.
      if (value as V | undefined) taken.push(read(value));
      if (done) break;
    }
  } finally {
    await iterator.close();
  }
  return taken;
}

function parseJson(query: string): unknown {
  try {
    return JSON.parse(query);
  } catch {
    return refuse('MALFORMED_BATCH', { field: 'query', reason: 'is not JSON' });
  }
}
