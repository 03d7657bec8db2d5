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
  MAX_EVENT_HANDLES,
  type EventHandlesRequest,
  type MasterHandleRequest,
  type Opening,
} from '../messages/index.js';
import type { WalletServices } from './services.js';
import { keptInRefill } from './refill.js';
import { MAX_BLINDED, type BlindedState, type WalletState } from './state.js';

const SALT_BYTES = 32;

/** Whose handles, and who is to sign them. */
export interface Visit {
  /** Canonical, as the attestor will read it from the document; it is not kept. */
  readonly identity: string;
  /** MSP id of the attestor's organization. */
  readonly desk: string;
}

/**
 * Makes the handles of an enrolment, or of a refill: the same again, with a new document check. They are for one desk: whoever was shown an opening knows whose
 * it is, whether or not it signs, and its node must not see what is made of it. So another desk, after one that declines, is shown fresh ones.
 * @throws {RangeError} for more than 64
 */
export async function prepareHandles(
  { identity, desk }: Visit,
  services: WalletServices,
  events = MAX_EVENT_HANDLES,
): Promise<MasterHandleRequest> {
  if (events < 0 || events > MAX_EVENT_HANDLES) throw new RangeError('so many handles are not signed at once');
  const element = elementOf(identity);
  const make = (kind: BlindedState['kind']) => blindedOf(kind, { identity, element, desk }, services);
  const master = make('master');
  const others = Array.from({ length: events }, () => make('event'));
  const now = services.now();
  await services.store.update((state) => ({
    ...state,
    blinded: [...keptInRefill(state, MAX_BLINDED - 1 - events, now), master, ...others],
  }));
  return { kind: 'master', opening: openingOf(master) };
}

function blindedOf(
  kind: BlindedState['kind'],
  { identity, element, desk }: Visit & { readonly element: Point },
  { suite, random }: WalletServices,
): BlindedState {
  const blinding = random();
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const commitment = commitmentTo(suite, salt, identity);
  const { blinded, blindingKey } = blind(suite, element, blinding);
  const proof = proveBlinding(suite, { blinded, blindingKey, commitment }, { element, blinding }, random());
  return {
    kind,
    desk,
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

/**
 * @param desk the one that has signed the master handle. Another would be shown the document together with what its own node has unblinded: it needs a master
 * handle of its own, see `prepareHandles`.
 * @throws {ClientError} NOT_ENROLLED before there is a master handle, DESK_MISMATCH for another desk, RECEIPTS_TOO_FEW before its registration,
 * HANDLES_EXHAUSTED without any to sign
 */
export function eventHandlesRequest(desk: string, { store }: WalletServices): EventHandlesRequest {
  const { blinded, receipts } = store.state;
  const master = newestMaster(store.state);
  expectThat(master.desk === desk, 'DESK_MISMATCH', 'desk');
  expectThat(receipts.length > 0, 'RECEIPTS_TOO_FEW', 'receipts');
  const unsigned = blinded
    .filter((each) => each.kind === 'event' && each.desk === desk && !each.signed)
    .slice(0, MAX_EVENT_HANDLES);
  expectThat(unsigned.length > 0, 'HANDLES_EXHAUSTED', 'openings');
  return { kind: 'event', master: openingOf(master), receipts: [...receipts], openings: unsigned.map(openingOf) };
}

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
