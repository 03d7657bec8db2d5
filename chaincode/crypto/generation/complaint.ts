/**
 * Complaints: a recipient shows the Diffie-Hellman point of one sealed share, proven to be that, and everybody opens the share and sees who is wrong. The
 * recipient's key and all its other shares stay secret.
 */
import { fromBase64url } from '../bytes.js';
import { decodeDleqProof, verifyDleq } from '../dleq.js';
import { Fault } from '../fault.js';
import { openWithShared, type Sealed } from '../hpke.js';
import { nodeSuite } from '../node-suite.js';
import { equalPoints, type Point } from '../point.js';
import { scalarFrom, type Scalar } from '../scalar.js';
import { evaluateCommitments } from '../sharing.js';
import { commitmentsOf } from './dealing.js';
import { complaintContext, shareBinding, type Generation } from './generation.js';
import type { Complaint, Dealing, SealedShare } from './messages.js';
import { decodePublic } from './public-point.js';

/** Who is named, and why: the share doesn't open or is not the polynomial's, or the complaint proves nothing or nothing is wrong. */
export type Ruling =
  | { readonly guilty: 'dealer'; readonly index: number; readonly code: 'SHARE_UNREADABLE' | 'SHARE_INVALID' }
  | {
      readonly guilty: 'recipient';
      readonly index: number;
      readonly code: 'COMPLAINT_UNPROVEN' | 'COMPLAINT_UNFOUNDED';
    };

export interface Complainer {
  readonly recipient: number;
  /** As announced. */
  readonly receivingKey: string;
}

/** @param dealing verified, with a share for the complainer */
export function judgeComplaint(
  generation: Generation,
  dealing: Dealing,
  { recipient, receivingKey }: Complainer,
  complaint: Complaint,
): Ruling {
  const sealed = shareFor(dealing, recipient);
  const key = decodePublic(receivingKey, 'key');
  const shared = provenPoint(generation, dealing.dealer, { recipient, key, sealed }, complaint);
  if (!shared) return { guilty: 'recipient', index: recipient, code: 'COMPLAINT_UNPROVEN' };
  const binding = shareBinding(generation, dealing.dealer, recipient);
  const share = shareIn(openWithShared(shared, key, sealed, binding));
  if (share === undefined) return { guilty: 'dealer', index: dealing.dealer, code: 'SHARE_UNREADABLE' };
  if (!isShareOf(dealing, recipient, share)) return { guilty: 'dealer', index: dealing.dealer, code: 'SHARE_INVALID' };
  return { guilty: 'recipient', index: recipient, code: 'COMPLAINT_UNFOUNDED' };
}

/** s_ij·G = Σ j^l·A_il */
export function isShareOf(dealing: Dealing, recipient: number, share: Scalar): boolean {
  const expected = evaluateCommitments(commitmentsOf(dealing), recipient);
  return equalPoints(nodeSuite.multiplyBase(share), expected);
}

export function shareFor(dealing: Dealing, recipient: number): Sealed {
  const found = dealing.shares.find((share) => share.recipient === recipient);
  if (!found) throw new Fault('NOT_A_RECIPIENT', 'recipient');
  return sealedOf(found);
}

function sealedOf({ enc, ciphertext }: SealedShare): Sealed {
  const bytes = fromBase64url(ciphertext);
  // A text that is no base64url opens as little as one that was changed.
  return { enc: decodePublic(enc, 'enc'), ciphertext: bytes ?? new Uint8Array(0) };
}

/** A share from an opened message: a scalar in 32 bytes, or nothing. */
export function shareIn(plaintext: Uint8Array | undefined): Scalar | undefined {
  return plaintext && orNothing(() => scalarFrom(plaintext, 'share'));
}

interface Addressed {
  readonly recipient: number;
  readonly key: Point;
  readonly sealed: Sealed;
}

function provenPoint(
  generation: Generation,
  dealer: number,
  { recipient, key, sealed }: Addressed,
  complaint: Complaint,
): Point | undefined {
  return orNothing(() => {
    const to = decodePublic(complaint.shared, 'shared');
    const context = complaintContext(generation, dealer, recipient);
    const statement = { context, key, pairs: [{ from: sealed.enc, to }] };
    return verifyDleq(nodeSuite, statement, decodeDleqProof(complaint.proof, 'proof')) ? to : undefined;
  });
}

/** What can't be decoded is somebody's fault here, and the ruling says whose. */
function orNothing<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
