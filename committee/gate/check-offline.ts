/**
 * The gate's check without a connection (COMMITTEE protocol, A, "At the gate"): the holder opens the commitment that t nodes have vouched for, and the terminal
 * works it out anew from the document before it. Which ticket is whose it has from a list of when it was last connected.
 */
import { fromBase64url } from '../../chaincode/crypto/bytes.js';
import type { Suite } from '../../chaincode/crypto/suite.js';
import { ClientError, expectThat } from '../client/client-error.js';
import { seatOfKey, type PinnedCommittee } from '../client/pinned.js';
import { hasSigned } from '../client/verify-message.js';
import { commitmentTo } from '../crypto/credential.js';
import { decodeMessage, type MessagePayload } from '../messages/index.js';

export interface OfflineGate {
  readonly channel: string;
  readonly event: string;
  /** Whose nodes hold the event's key. */
  readonly committee: PinnedCommittee;
  readonly list: SyncedList;
  readonly suite: Suite;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The ledger's tickets of the event as they were at a time: one sold since is not in it, one passed on since is still the former holder's. */
export interface SyncedList {
  /** RFC 3339 UTC. */
  readonly syncedAt: string;
  /** C_e by ticket. */
  readonly holders: ReadonlyMap<string, string>;
}

/** What the holder shows: the wallet's GateMaterial, from a code. */
export interface ShownMaterial {
  readonly salt: string;
  readonly gatePasses: readonly string[];
}

export interface OfflineCheck {
  readonly isHolder: boolean;
  /** Why not: another person's pass, a ticket of another credential's, or one that the list does not have. */
  readonly reason?: 'another-person' | 'another-holder' | 'not-listed';
  readonly credential: string;
  readonly syncedAt: string;
}

/**
 * @param identity canonical, read from the document at hand
 * @throws {ClientError | Refusal} GATE_PASS_INVALID naming the pass, GATE_PASSES_TOO_FEW for fewer than t nodes', MALFORMED_STATEMENT, …
 */
export async function checkOffline(
  identity: string,
  ticket: string,
  { salt, gatePasses }: ShownMaterial,
  gate: OfflineGate,
): Promise<OfflineCheck> {
  const { suite, list } = gate;
  const { credential, commitment } = await requirePasses(gatePasses, gate);
  const opened = commitmentTo(suite, fromBase64url(salt) ?? new Uint8Array(0), identity);
  const listed = list.holders.get(ticket);
  const found = { credential, syncedAt: list.syncedAt };
  if (opened !== commitment) return { isHolder: false, reason: 'another-person', ...found };
  if (listed === undefined) return { isHolder: false, reason: 'not-listed', ...found };
  return listed === credential ? { isHolder: true, ...found } : { isHolder: false, reason: 'another-holder', ...found };
}

type Vouched = Pick<MessagePayload<'gate-pass'>, 'credential' | 'commitment'>;

/** All say the same, each by another node of the event's committee. */
async function requirePasses(gatePasses: readonly string[], gate: OfflineGate): Promise<Vouched> {
  const { committee } = gate;
  // Whatever else is shown is not looked at: a code may be made to keep a gate busy.
  expectThat(gatePasses.length <= committee.members.length, 'GATE_PASS_INVALID', 'gatePasses');
  const vouched = new Map<string, Vouched>();
  for (const [at, compact] of gatePasses.entries()) {
    const field = `gatePasses[${at}]`;
    const pass = decodeMessage('gate-pass', compact, field);
    const jwk = seatOfKey(committee, pass.signer)?.member.jwk;
    expectThat(isCurrent(pass.payload, gate) && jwk !== undefined, 'GATE_PASS_INVALID', field);
    expectThat(await hasSigned(jwk, pass), 'GATE_PASS_INVALID', field);
    const [first = pass.payload] = vouched.values();
    const agrees = first.credential === pass.payload.credential && first.commitment === pass.payload.commitment;
    expectThat(agrees, 'GATE_PASS_INVALID', field);
    vouched.set(pass.signer, pass.payload);
  }
  const [first] = vouched.values();
  if (!first || vouched.size < committee.threshold)
    throw new ClientError('GATE_PASSES_TOO_FEW', { field: 'gatePasses' });
  return first;
}

const isCurrent = ({ channel, event, exp }: MessagePayload<'gate-pass'>, gate: OfflineGate): boolean =>
  channel === gate.channel && event === gate.event && exp * 1000 > gate.now();
