/** The state while the wallet runs: changed by one after the other, and on its storage before anybody acts on it, so that a crash forgets nothing. */
import { emptyState, type WalletState } from './state.js';
import { openState, sealState, unreadable, type StorageKey, type WalletStorage } from './storage.js';

const LABEL = 'guichet/v1/wallet-state';

export interface StateStoreOptions {
  readonly storage: WalletStorage;
  readonly key: StorageKey;
  readonly channel: string;
}

export class StateStore {
  readonly #options: StateStoreOptions;
  #state: WalletState;
  #last: Promise<unknown> = Promise.resolve();
  readonly #turns = new Map<string, Promise<unknown>>();

  private constructor(options: StateStoreOptions, state: WalletState) {
    this.#options = options;
    this.#state = state;
  }

  /** @throws {ClientError} STORAGE_UNREADABLE, also for another channel's */
  static async open(options: StateStoreOptions): Promise<StateStore> {
    const { storage, key, channel } = options;
    const sealed = await storage.load();
    if (!sealed) return new StateStore(options, emptyState(channel));
    const state = await openState(sealed, key, LABEL);
    if (state?.channel !== channel) return unreadable();
    return new StateStore(options, state);
  }

  get state(): WalletState {
    return this.#state;
  }

  /** @returns the state after the change, once it is stored */
  update(change: (state: WalletState) => WalletState): Promise<WalletState> {
    const updated = this.#last.then(async () => {
      const { storage, key } = this.#options;
      const state = change(this.#state);
      await storage.save(await sealState(state, key, LABEL));
      this.#state = state;
      return state;
    });
    // The next change follows whether or not this one could be stored; its own caller hears of that.
    this.#last = updated.catch(() => undefined);
    return updated;
  }

  /** One after the other, of what goes by one name: two enrolments of one subject at once would make two keys. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(name) ?? Promise.resolve();
    const done = before.then(work);
    this.#turns.set(
      name,
      done.catch(() => undefined),
    );
    return done;
  }
}
