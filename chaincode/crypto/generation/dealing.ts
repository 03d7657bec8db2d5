/** A dealing as everybody can check it: it is the one committed to, its dealer knows its secret, and every recipient got something sealed. */
import { toBase64url } from '../bytes.js';
import { check } from '../fault.js';
import { nodeSuite } from '../node-suite.js';
import { encodePoint, type Point } from '../point.js';
import { decodePossession, verifyPossession } from '../possession.js';
import { hash } from '../transcript.js';
import { dealersOf, generationDigest, possessionContext, type Generation } from './generation.js';
import type { Dealing, MessageOf } from './messages.js';
import { decodePublic } from './public-point.js';

/** What a `commit` holds: of the commitments and the proof of possession. The commitments are hidden well: nobody could guess them. */
export function dealingDigest(
  generation: Generation,
  { dealer, commitments, possession }: Pick<Dealing, 'dealer' | 'commitments' | 'possession'>,
): string {
  const parts = [generationDigest(generation), dealer, possession, ...commitments];
  return toBase64url(hash(nodeSuite, 'dealing', ...parts));
}

/** @throws {Fault} NOT_A_RECIPIENT, POINT_INVALID */
export function verifyReceiving({ nodes }: Generation, { recipient, key }: MessageOf<'receive'>): void {
  check(recipient <= nodes, 'NOT_A_RECIPIENT', 'recipient');
  decodePublic(key, 'key');
}

/** @throws {Fault} NOT_A_DEALER */
export function verifyCommitment(generation: Generation, { dealer }: MessageOf<'commit'>): void {
  check(dealersOf(generation).includes(dealer), 'NOT_A_DEALER', 'dealer');
}

export interface DealingTerms {
  /** Of the dealer's `commit`; undefined where there was none. */
  readonly digest: string | undefined;
  /** Those who announced a receiving key, ascending. */
  readonly recipients: readonly number[];
}

/**
 * @throws {Fault} NOT_A_DEALER without a commit, DIGEST_MISMATCH, COMMITMENTS_WRONG for another number than the threshold, RECIPIENTS_MISMATCH,
 *   PUBLIC_SHARE_MISMATCH where the key moves and the dealer deals another share than its own, POSSESSION_INVALID, POINT_INVALID, PROOF_INVALID, SCALAR_INVALID
 */
export function verifyDealing(generation: Generation, { digest, recipients }: DealingTerms, dealing: Dealing): void {
  check(digest !== undefined, 'NOT_A_DEALER', 'dealer');
  check(dealingDigest(generation, dealing) === digest, 'DIGEST_MISMATCH', 'commitments');
  check(dealing.commitments.length === generation.threshold, 'COMMITMENTS_WRONG', 'commitments');
  const addressed = dealing.shares.map(({ recipient }) => recipient).join();
  check(addressed === recipients.join(), 'RECIPIENTS_MISMATCH', 'shares');
  const constant = commitmentsOf(dealing)[0];
  check(constant !== undefined, 'COMMITMENTS_WRONG', 'commitments');
  requireOwnShare(generation, dealing.dealer, constant);
  requirePossession(generation, dealing, constant);
  for (const [at, { enc }] of dealing.shares.entries()) decodePublic(enc, `shares[${at}].enc`);
}

export function commitmentsOf({ commitments }: Pick<Dealing, 'commitments'>): Point[] {
  return commitments.map((text, at) => decodePublic(text, `commitments[${at}]`));
}

/** Where a key moves, old node i deals k_i and nothing else: so the key can't change. */
function requireOwnShare({ from }: Generation, dealer: number, constant: Point): void {
  if (!from) return;
  check(encodePoint(constant) === from.publicShares[dealer], 'PUBLIC_SHARE_MISMATCH', 'commitments[0]');
}

function requirePossession(generation: Generation, { dealer, possession }: Dealing, key: Point): void {
  const context = possessionContext(generation, 'possession', dealer);
  const proof = decodePossession(possession, 'possession');
  check(verifyPossession(nodeSuite, { context, key }, proof), 'POSSESSION_INVALID', 'possession');
}
