/** Who calls: as far as the gateway knows, not as the ledger does, for which every command carries its own signatures. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Caller {
  /**
   * `anybody` where nothing was shown: such callers are told apart by their address alone. `key` is an API key, `token` a subject of the OpenID provider,
   * `device` a gate device; `holder` is whoever signed the request with a key of his own, and its id is that key's thumbprint.
   */
  readonly kind: 'anybody' | 'operator' | 'key' | 'token' | 'device' | 'holder';
  /** Unique among callers of its kind; never a secret. */
  readonly id: string;
  /** Whose part of what clients share he takes, where that is not his own: anybody can make himself as many keys as he likes, but not addresses. */
  readonly share?: string | undefined;
}

const calling = new AsyncLocalStorage<Caller>();

export const asCaller = <T>(caller: Caller, handle: () => Promise<T>): Promise<T> => calling.run(caller, handle);

/** Of the request that is being handled; undefined for what the gateway does by itself. */
export const currentCaller = (): Caller | undefined => calling.getStore();

/** Of the request that is being handled. */
export function callerName(): string {
  const caller = currentCaller();
  if (!caller) throw new Error('nobody called');
  return nameOfCaller(caller);
}

export const nameOfCaller = ({ kind, id }: Caller): string => `${kind}:${id}`;

export const shareOf = (caller: Caller): string => caller.share ?? nameOfCaller(caller);
