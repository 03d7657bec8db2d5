/** World state in batches: all records in one read, all changes in one write. Under it, Fabric's multi-key messages or its ordinary ones. */
import type { ChaincodeStub } from 'fabric-shim-api';
import type { Write } from '../domain/state.js';
import { decodeRecord, encodeRecord } from './codec.js';
import { encodeKeyPolicy } from './key-policy.js';
import { getMultiple, multiKeyLimits, putMultiple, sizeOf, type KeyWrite } from './multi-key.js';

/** Fabric's name for the metadata that holds a key-level endorsement policy. */
const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER';

/** @returns each key's record, undefined where there is none */
export async function loadRecords(stub: ChaincodeStub, keys: readonly string[]): Promise<ReadonlyMap<string, unknown>> {
  const { maxReads } = multiKeyLimits(stub);
  const loaded = new Map<string, unknown>();
  if (maxReads === 0) {
    for (const key of keys) loaded.set(key, decodeRecord(await stub.getState(key)));
    return loaded;
  }
  for (let from = 0; from < keys.length; from += maxReads) {
    const page = keys.slice(from, from + maxReads);
    const values = await getMultiple(stub, page);
    page.forEach((key, index) => loaded.set(key, decodeRecord(values[index])));
  }
  return loaded;
}

/** Writes everything or rejects; then Fabric drops the whole transaction. */
export async function storeRecords(stub: ChaincodeStub, writes: readonly Write[]): Promise<void> {
  const encoded = writes.map(encodeWrite);
  const { maxWrites } = multiKeyLimits(stub);
  if (maxWrites === 0) {
    for (const write of encoded) await storeOne(stub, write);
    return;
  }
  for (const page of pagesOf(encoded, maxWrites)) await putMultiple(stub, page, VALIDATION_PARAMETER);
}

function encodeWrite({ key, record, policy }: Write): KeyWrite {
  return { key, value: encodeRecord(record), policy: policy && encodeKeyPolicy(policy) };
}

async function storeOne(stub: ChaincodeStub, { key, value, policy }: KeyWrite): Promise<void> {
  await stub.putState(key, value);
  if (policy) await stub.setStateValidationParameter(key, policy);
}

function pagesOf(writes: readonly KeyWrite[], limit: number): KeyWrite[][] {
  const pages: KeyWrite[][] = [];
  let room = 0;
  for (const write of writes) {
    const size = sizeOf(write);
    if (size > room) {
      pages.push([]);
      room = limit;
    }
    pages[pages.length - 1]?.push(write);
    room -= size;
  }
  return pages;
}
