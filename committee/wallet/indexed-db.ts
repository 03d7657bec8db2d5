/** A browser's storage: the sealed state and the key that seals it, which the browser keeps and does not show. */
import { createStorageKey, type StorageKey, type WalletStorage } from './storage.js';

/** The parts of IndexedDB (W3C) that are used, for this is compiled without a browser's type library. */
interface Request<T> {
  readonly result: T;
  readonly error: Error | null;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
}
interface Transaction {
  readonly error: Error | null;
  oncomplete: (() => void) | null;
  onabort: (() => void) | null;
  objectStore(name: string): {
    get(key: string): Request<unknown>;
    put(value: unknown, key: string): unknown;
  };
}
interface Database {
  createObjectStore(name: string): unknown;
  transaction(name: string, mode: 'readonly' | 'readwrite', options?: { durability: 'strict' }): Transaction;
}
export interface IndexedDb {
  open(name: string, version: number): Request<Database> & { onupgradeneeded: (() => void) | null };
}

const STORE = 'wallet';

export interface BrowserStorage {
  readonly storage: WalletStorage;
  readonly key: StorageKey;
}

/** @param name one wallet each */
export async function openBrowserStorage(indexedDb: IndexedDb, name = 'guichet-wallet'): Promise<BrowserStorage> {
  const opening = indexedDb.open(name, 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
  const database = await resultOf(opening);
  return {
    key: await keyIn(database),
    storage: {
      load: async () => (await get(database, 'state')) as Uint8Array | undefined,
      save: (sealed) => put(database, 'state', sealed),
    },
  };
}

/** Kept before it is used, or what it seals is lost. */
async function keyIn(database: Database): Promise<StorageKey> {
  const known = (await get(database, 'key')) as StorageKey | undefined;
  if (known) return known;
  const key = await createStorageKey();
  await put(database, 'key', key);
  return key;
}

const get = (database: Database, key: string): Promise<unknown> =>
  resultOf(database.transaction(STORE, 'readonly').objectStore(STORE).get(key));

function put(database: Database, key: string, value: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, 'readwrite', { durability: 'strict' });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the transaction was aborted'));
    transaction.objectStore(STORE).put(value, key);
  });
}

function resultOf<T>(request: Request<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the request failed'));
  });
}
