/**
 * A wallet's handles (COMMITTEE protocol, A): blinded elements of the holder's identity, of which an attestor signs the first, and once the person is on the
 * ledger the others. Each serves one event, so that no node can link two.
 */
import { toBase64url } from '../../chaincode/crypto/bytes.js';
import { encodeDleqProof } from '../../chaincode/crypto/dleq.js';
import { encodePoint, type Point } from '../../chaincode/crypto/point.js';
import { encodeScalar } from '../../chaincode/crypto/scalar.js';
import { ClientError, expectThat } from '../client/client-error.js';
import { proveBlinding } from '../crypto/client-proofs.js';
import { commitmentTo } from '../crypto/credential.js';
import { elementOf } from '../crypto/hash-to-group.js';
import { blind } from '../crypto/oprf.js';
import {
  decodeMessage,
  MAX_EVENT_HANDLES,
  type EventHandlesRequest,
  type MasterHandleRequest,
  type MessagePayload,
  type Opening,
} from '../messages/index.js';
import type { WalletServices } from './services.js';
import { keptInRefill } from './refill.js';
import { MAX_BLINDED, type BlindedState, type WalletState } from './state.js';

const SALT_BYTES = 32;

/**
 * Makes the handles of an enrolment, or of a refill: the same again, with a new document check.
 * @param identity canonical, as the attestor will read it from the document; it is not kept
 * @throws {RangeError} for more than 64
 */
export async function prepareHandles(
  identity: string,
  services: WalletServices,
  events = MAX_EVENT_HANDLES,
): Promise<MasterHandleRequest> {
  if (events < 0 || events > MAX_EVENT_HANDLES) throw new RangeError('so many handles are not signed at once');
  const element = elementOf(identity);
  const master = blindedOf('master', { identity, element }, services);
  const others = Array.from({ length: events }, () => blindedOf('event', { identity, element }, services));
  const now = services.now();
  await services.store.update((state) => ({
    ...state,
    blinded: [...keptInRefill(state, MAX_BLINDED - 1 - events, now), master, ...others],
  }));
  return { kind: 'master', opening: openingOf(master) };
}

function blindedOf(
  kind: BlindedState['kind'],
  { identity, element }: { readonly identity: string; readonly element: Point },
  { suite, random }: WalletServices,
): BlindedState {
  const blinding = random();
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const commitment = commitmentTo(suite, salt, identity);
  const { blinded, blindingKey } = blind(suite, element, blinding);
  const proof = proveBlinding(suite, { blinded, blindingKey, commitment }, { element, blinding }, random());
  return {
    kind,
    blinded: encodePoint(blinded),
    blindingKey: encodePoint(blindingKey),
    commitment,
    salt: toBase64url(salt),
    proof: encodeDleqProof(proof),
    blinding: encodeScalar(blinding),
  };
}

export const openingOf = ({ blinded, blindingKey, commitment, salt, proof }: BlindedState): Opening => ({
  blinded,
  blindingKey,
  commitment,
  salt,
  proof,
});

/** @throws {ClientError} NOT_ENROLLED before there is a master handle, RECEIPTS_TOO_FEW before its registration, HANDLES_EXHAUSTED without any to sign */
export function eventHandlesRequest({ store }: WalletServices): EventHandlesRequest {
  const { blinded, receipts } = store.state;
  const master = newestMaster(store.state);
  expectThat(receipts.length > 0, 'RECEIPTS_TOO_FEW', 'receipts');
  const unsigned = blinded.filter(({ kind, signed }) => kind === 'event' && !signed).slice(0, MAX_EVENT_HANDLES);
  expectThat(unsigned.length > 0, 'HANDLES_EXHAUSTED', 'openings');
  return { kind: 'event', master: openingOf(master), receipts: [...receipts], openings: unsigned.map(openingOf) };
}

/** Takes what an attestor has signed. @throws {ClientError | Refusal} HANDLE_MISMATCH for what the wallet did not ask for, MALFORMED_STATEMENT, … */
export async function acceptHandles(handles: readonly string[], services: WalletServices): Promise<void> {
  const signed = new Map<string, NonNullable<BlindedState['signed']>>();
  for (const [at, handle] of handles.entries()) {
    const { payload } = decodeMessage('handle', handle, `handles[${at}]`);
    const asked = services.store.state.blinded.find(({ blinded }) => blinded === payload.blinded);
    const due = payload.channel === services.channel && payload.exp * 1000 > services.now();
    expectThat(due && asked !== undefined && isFor(asked, payload), 'HANDLE_MISMATCH', `handles[${at}]`);
    signed.set(payload.blinded, { handle, attestor: payload.attestor, exp: payload.exp });
  }
  await services.store.update((state) => ({
    ...state,
    // Receipts are for the master handle of before; an answer that comes twice brings no other.
    receipts: state.blinded.some((each) => isNewMaster(each, signed)) ? [] : state.receipts,
    blinded: state.blinded.map((each) => {
      const by = signed.get(each.blinded);
      return by && !each.signed ? { ...each, signed: by } : each;
    }),
  }));
}

const isNewMaster = ({ kind, blinded, signed: before }: BlindedState, signed: ReadonlyMap<string, unknown>): boolean =>
  kind === 'master' && before === undefined && signed.has(blinded);

const isFor = ({ kind, blindingKey, commitment }: BlindedState, payload: MessagePayload<'handle'>): boolean =>
  kind === payload.kind && blindingKey === payload.blindingKey && commitment === payload.commitment;

export type SignedBlinded = BlindedState & { readonly signed: NonNullable<BlindedState['signed']> };
export const isSigned = (each: BlindedState): each is SignedBlinded => each.signed !== undefined;

/** @throws {ClientError} NOT_ENROLLED */
export function newestMaster({ blinded }: WalletState): SignedBlinded {
  const master = blinded.filter(isSigned).findLast(({ kind }) => kind === 'master');
  if (!master) throw new ClientError('NOT_ENROLLED', { field: 'master' });
  return master;
}

/** How many events more the wallet can go to before it needs another look at the document. */
export const unusedHandles = ({ blinded }: WalletState, nowMs: number): SignedBlinded[] =>
  blinded
    .filter(isSigned)
    .filter(({ kind, event, signed }) => kind === 'event' && event === undefined && signed.exp * 1000 > nowMs);
