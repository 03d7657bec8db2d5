/**
 * Whose key speaks for a pseudonym, by the word of t nodes. That those are the committee's nodes a certificate can't know: compare their keys with what was
 * pinned, or with any peer's record. Pure; throws a Refusal.
 */
import { requireCarriedKey } from '../../chaincode/domain/authority.js';
import { thumbprintOf } from '../../chaincode/crypto/jwk.js';
import { APPROVED_WAIT_SECONDS } from '../../chaincode/domain/credentials/binding.js';
import { requireAgreement, requireNodes } from '../../chaincode/domain/credentials/node-statements.js';
import { requireAbout as requireReplaces, requireOldKey } from '../../chaincode/domain/credentials/support.js';
import { requireSound } from '../../chaincode/domain/governance/committee.js';
import { refuse, require } from '../../chaincode/domain/refusal.js';
import {
  decodeStatement,
  holderIn,
  requireSignature,
  type HolderStatementName,
  type Payload,
  type Statement,
} from '../../chaincode/domain/statements.js';
import type { Certificate } from './certificate.js';
import type { Credentials, Enrolment } from './credentials.js';
import { requireAbout } from './handover.js';

/** A key of a credential's, and from which block on it spoke for it. */
export interface Speaker {
  readonly key: string;
  readonly sequence: number;
  readonly block: number;
}

/** By credential, the first key first; undefined where holders are keys. */
export type Speakers = ReadonlyMap<string, readonly Speaker[]> | undefined;

/**
 * Holders are keys alone only where the signed event does not ask for people. The event's own word is the narrowest and its credentialRequired never
 * changes; what it left to its organizer's or venue's defaults, a certificate can't know.
 * @throws {Refusal} CREDENTIAL_REQUIRED
 */
export function verifyHolders({ credentials }: Certificate, { policy }: Payload<'event'>): void {
  const asked = policy.credentialRequired === true;
  require(!asked || credentials !== undefined, 'CREDENTIAL_REQUIRED', { field: 'certificate.credentials' });
}

/** At least t of the committee's nodes have said that they hold this event's key. @throws {Refusal} INVALID_COMMITTEE, STATEMENTS_TOO_FEW, … */
export function verifyCommittee({ channel, event, credentials }: Certificate): void {
  if (!credentials) return;
  const { committee, generation, ready } = credentials;
  requireSound(committee, 'committee');
  const holding = new Set<number>();
  const groupKeys = new Set<string>();
  for (const [at, compact] of ready.entries()) {
    const statement = decodeStatement('key-message', compact, `ready[${at}]`);
    requireAbout(statement, { channel });
    const { field, payload, signer } = statement;
    require(payload.key === event, 'WRONG_EVENT', { field: `${field}.key`, expected: event });
    require(payload.generation === generation, 'STALE_GENERATION', { field: `${field}.generation`, generation });
    const { message } = payload;
    if (message.kind !== 'ready') return refuse('WRONG_ROUND', { field: `${field}.message.kind` });
    const jwk = committee.members[message.recipient - 1]?.jwk;
    if (!jwk || thumbprintOf(jwk) !== signer) return refuse('UNKNOWN_KEY', { field: `${field}.header.kid` });
    requireSignature(statement, jwk);
    holding.add(message.recipient);
    groupKeys.add(message.groupKey);
    require(groupKeys.size === 1, 'GROUP_KEY_MISMATCH', { field: `${field}.message.groupKey` });
  }
  const { threshold } = committee;
  require(holding.size >= threshold, 'STATEMENTS_TOO_FEW', { field: 'ready', needed: threshold });
}

/** Every key that a credential has had is there by the word of t nodes, and took over as the ledger lets it. */
export function verifyEnrolments({ channel, event, credentials }: Certificate): Speakers {
  if (!credentials) return undefined;
  const speakers = new Map<string, readonly Speaker[]>();
  for (const [at, enrolment] of credentials.enrolments.entries()) {
    const field = `enrolments[${at}]`;
    const { credential, ...claim } = verifyStated(enrolment, credentials.committee, { channel, event, field });
    const before = speakers.get(credential) ?? [];
    const replacing = { channel, event, field, subject: credential, ...claim, before: before.at(-1) };
    const block = verifyReplacement(enrolment, replacing);
    speakers.set(credential, [...before, { ...claim, block }]);
  }
  return speakers;
}

interface Place {
  readonly channel: string;
  readonly event: string;
  readonly field: string;
}

function verifyStated({ statements }: Enrolment, { members, threshold }: Credentials['committee'], place: Place) {
  const { field, ...about } = place;
  const stated = statements.map((jws, index) => decodeStatement('enrolment', jws, `${field}.statements[${index}]`));
  for (const each of stated) requireAbout(each, about);
  requireAgreement(stated, ['credential', 'key', 'sequence']);
  requireNodes({ nodes: members.map(({ jwk }) => jwk), threshold }, stated);
  const [first] = stated;
  if (!first) return refuse('STATEMENTS_TOO_FEW', { field, needed: threshold });
  const { credential, key, sequence } = first.payload;
  return { credential, key, sequence };
}

interface Replacing extends Place {
  readonly subject: string;
  readonly key: string;
  readonly sequence: number;
  readonly before: Speaker | undefined;
}

/** @returns the block from which on the key speaks for the credential */
function verifyReplacement(enrolment: Enrolment, { field, before, ...claim }: Replacing): number {
  const { release, activated, block } = enrolment;
  if (!before) {
    require(claim.sequence === 0, 'STALE_SEQUENCE', { field: `${field}.statements[0].sequence`, expected: 0 });
    require(!release && !activated, 'REPLACEMENT_MISMATCH', { field, reason: 'goes with a replacement' });
    return block;
  }
  // The ledger counts one for each that was vetoed, too; of those a certificate has nothing.
  const follows = claim.sequence > before.sequence;
  require(follows, 'STALE_SEQUENCE', { field: `${field}.statements[0].sequence`, above: before.sequence });
  if (release === undefined) requireWait(enrolment, field);
  else requireRelease(release, { field, before, ...claim });
  const from = activated?.block ?? block;
  const later = from >= before.block && (release === undefined || !activated);
  require(later, 'REPLACEMENT_MISMATCH', { field: `${field}.block`, reason: 'is before the key that it replaces' });
  return from;
}

function requireRelease(compact: string, { channel, event, field, before, ...claim }: Required<Replacing>): void {
  const release = decodeStatement('key-release', compact, `${field}.release`);
  requireAbout(release, { channel, event });
  requireReplaces(release, claim);
  if (before) requireOldKey(release, before);
}

/**
 * By its transactions' times, in whole seconds as the ledger reads them. Whether it had to wait longer, and that the old key did not veto, is for the
 * ledger to say.
 */
function requireWait({ timestamp, activated }: Enrolment, field: string): void {
  const waitedSeconds = activated ? wholeSeconds(activated.timestamp) - wholeSeconds(timestamp) : 0;
  require(waitedSeconds >= APPROVED_WAIT_SECONDS, 'REPLACEMENT_MISMATCH', { field: `${field}.activated` });
}

const wholeSeconds = (timestamp: string): number => Math.floor(Date.parse(timestamp) / 1000);

/**
 * The statement is signed by the key that it carries, and that key spoke for the holder in that block.
 * @returns the holder @throws {Refusal} CREDENTIAL_REQUIRED, UNKNOWN_CREDENTIAL, KEY_NOT_VALID, SIGNATURE_INVALID
 */
export function holderOf(statement: Statement<HolderStatementName>, block: number, speakers: Speakers): string {
  const { field, signer, payload } = statement;
  requireCarriedKey(statement);
  const { credential } = payload;
  const named = { field: `${field}.credential` };
  if (!speakers) {
    require(credential === undefined, 'UNKNOWN_CREDENTIAL', named);
    return signer;
  }
  if (credential === undefined) return refuse('CREDENTIAL_REQUIRED', named);
  const keys = speakers.get(credential) ?? refuse('UNKNOWN_CREDENTIAL', named);
  // Which of one block's transactions was first, positions don't say.
  const spoke = keys.some(
    ({ key, block: from }, index) => key === signer && from <= block && (keys[index + 1]?.block ?? block) >= block,
  );
  require(spoke, 'KEY_NOT_VALID', { field: `${field}.header.jwk`, credential, block });
  return holderIn(statement);
}
