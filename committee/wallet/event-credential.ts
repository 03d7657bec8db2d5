/** The credential for one event: a handle that serves no other, a key that serves no other, and what the door is shown. */
import { ClientError } from '../client/client-error.js';
import type { NodeFailure } from '../client/node-failure.js';
import { isSigned, unusedHandles, type SignedBlinded } from './handles.js';
import { importHolderKey, type HolderKey } from './holder-key.js';
import { register, type Registered, type RegisterOptions } from './register.js';
import type { WalletServices } from './services.js';
import type { CredentialState, WalletState } from './state.js';
import { theCredentialFor } from './subject.js';
import { Wallet } from './wallet.js';

/**
 * Enrols the person's credential for an event, or finds that it is; a call that broke off is taken up with the same handle and key.
 * @throws {ClientError} HANDLES_EXHAUSTED, NODES_TOO_FEW naming the nodes, KEY_IS_ANOTHERS where it was enrolled by a wallet that is lost: see
 * replaceHolderKey
 */
export function credentialFor(event: string, services: WalletServices): Promise<Registered> {
  return enrolCredential(event, services, {});
}

/** Gives the credential another key: at once with the old one, else after the ledger's wait. The tickets stay where they are. @throws as credentialFor */
export function replaceHolderKey(
  event: string,
  services: WalletServices,
  options: Pick<RegisterOptions, 'approve'> = {},
): Promise<Registered> {
  return enrolCredential(event, services, { ...options, replace: true });
}

/**
 * Where too few nodes can be reached, the handle of another attestor's may go on: other nodes may see that one. Not after a node's no or a wrong answer: whoever
 * can bring those about, as an attestor by what it signs, would choose which organization's nodes are asked next.
 */
function enrolCredential(event: string, services: WalletServices, options: RegisterOptions): Promise<Registered> {
  return services.store.inTurn(event, async () => {
    let failed = new ClientError('HANDLES_EXHAUSTED', { field: 'handles' });
    const failures: NodeFailure[] = [];
    const tried = new Set<string>();
    for (;;) {
      const handle = await claimHandle(event, { tried, down: downAt(failures) }, services);
      if (!handle) throw failed;
      tried.add(handle.blinded);
      try {
        const registered = await enrolWith(handle, event, services, options);
        return { ...registered, failures: [...failures, ...registered.failures] };
      } catch (error) {
        if (!(error instanceof ClientError) || error.code !== 'NODES_TOO_FEW') throw error;
        failures.push(...error.failures);
        failed = new ClientError('NODES_TOO_FEW', { failures, cause: error });
        if (!error.failures.every(isOut)) throw failed;
      }
    }
  });
}

const isOut = ({ reason }: NodeFailure): boolean => reason === 'unreachable' || reason === 'silent';

/** Organizations whose node does no service at all. */
const downAt = (failures: readonly NodeFailure[]): ReadonlySet<string> =>
  new Set(failures.filter(isOut).map(({ mspId }) => mspId));

interface Outlook {
  readonly tried: ReadonlySet<string>;
  readonly down: ReadonlySet<string>;
}

/** Chosen and stored in one, before any node sees it: not another call, nor one after a crash, may take it to another event. */
async function claimHandle(
  event: string,
  { tried, down }: Outlook,
  { store, now }: WalletServices,
): Promise<SignedBlinded | undefined> {
  let claimed: SignedBlinded | undefined;
  await store.update((state) => {
    const left = candidatesIn(state, event, now()).filter(({ blinded }) => !tried.has(blinded));
    // The nodes of its attestor's organization need not see a handle: best where those are the ones that are down.
    claimed = left.find(({ signed }) => down.has(signed.attestor)) ?? left[0];
    const chosen = claimed?.blinded;
    return { ...state, blinded: state.blinded.map((each) => (each.blinded === chosen ? { ...each, event } : each)) };
  });
  return claimed;
}

/** The event's own handles, and of the unused ones the first of each attestor that it has none of. */
function candidatesIn(state: WalletState, event: string, nowMs: number): SignedBlinded[] {
  const own = state.blinded.filter(isSigned).filter((each) => each.event === event);
  const chosen = own.filter(({ signed }) => signed.exp * 1000 > nowMs);
  for (const handle of unusedHandles(state, nowMs))
    if (!chosen.some(({ signed }) => signed.attestor === handle.signed.attestor)) chosen.push(handle);
  return chosen;
}

async function enrolWith(
  handle: SignedBlinded,
  event: string,
  services: WalletServices,
  options: RegisterOptions,
): Promise<Registered> {
  const { store } = services;
  const done = await register(theCredentialFor(event), handle, services, options);
  const { attempt: _, toSign: __, extras, ...registered } = done;
  await store.update((state) => {
    const credential: CredentialState = {
      ...state.credentials[event],
      gatePasses: [...extras],
      commitment: handle.commitment,
      salt: handle.salt,
    };
    return { ...state, credentials: { ...state.credentials, [event]: credential } };
  });
  return registered;
}

/** Whose key it is, and as whom it speaks. */
export interface Holder {
  readonly key: HolderKey;
  readonly credential: string;
}

/** @throws {ClientError} NO_CREDENTIAL before there is one whose key is in use */
export async function holderFor(event: string, { store }: Pick<WalletServices, 'store'>): Promise<Holder> {
  const { subject, current } = store.state.credentials[event] ?? {};
  if (subject === undefined || !current) throw new ClientError('NO_CREDENTIAL', { field: 'event' });
  return { key: await importHolderKey(current.key), credential: subject };
}

/** Signs for this event. @throws {ClientError} NO_CREDENTIAL */
export async function walletFor(event: string, services: WalletServices): Promise<Wallet> {
  const { channel, now } = services;
  return new Wallet({ ...(await holderFor(event, services)), channel, now });
}

/** Shown at a gate without a connection, together with the document; to nobody else. */
export interface GateMaterial {
  readonly event: string;
  readonly credential: string;
  /** Opens com_j for whoever has read the document. */
  readonly salt: string;
  /** `guichet-gate-pass+jwt` of t nodes. */
  readonly gatePasses: readonly string[];
}

/** @throws {ClientError} NO_CREDENTIAL */
export function gateMaterialFor(event: string, { store }: WalletServices): GateMaterial {
  const { subject, salt, gatePasses = [] } = store.state.credentials[event] ?? {};
  if (subject === undefined || salt === undefined || gatePasses.length === 0) {
    throw new ClientError('NO_CREDENTIAL', { field: 'event' });
  }
  return { event, credential: subject, salt, gatePasses };
}
