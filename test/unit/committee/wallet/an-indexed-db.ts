/** As much of a browser's IndexedDB as the wallet uses, in memory. */
import type { IndexedDb } from '../../../../committee/wallet/indexed-db.js';

export function anIndexedDb(): IndexedDb {
  const databases = new Map<string, Map<string, Map<string, unknown>>>();
  const soon = (handler: () => (() => void) | null) => queueMicrotask(() => handler()?.());
  const request = <T>(result: T) => {
    const made = { result, error: null, onsuccess: null as (() => void) | null, onerror: null };
    soon(() => made.onsuccess);
    return made;
  };
  return {
    open(name) {
      const isNew = !databases.has(name);
      const stores = databases.get(name) ?? new Map<string, Map<string, unknown>>();
      databases.set(name, stores);
      const database = {
        createObjectStore: (store: string) => stores.set(store, new Map()),
        transaction(store: string) {
          const records = stores.get(store)!;
          const transaction = {
            error: null,
            oncomplete: null as (() => void) | null,
            onabort: null,
            objectStore: () => ({
              get: (key: string) => request(records.get(key)),
              put: (value: unknown, key: string) => records.set(key, value),
            }),
          };
          soon(() => transaction.oncomplete);
          return transaction;
        },
      };
      const opening = { ...request(database), onupgradeneeded: null as (() => void) | null };
      queueMicrotask(() => {
        if (isNew) opening.onupgradeneeded?.();
        opening.onsuccess?.();
      });
      return opening;
    },
  };
}
