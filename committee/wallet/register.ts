/**
 * From a handle to a key on the ledger, for a person as for a credential (COMMITTEE protocol, A, "Enrolment" 3-6 and "Event credential" 1-4): t nodes
 * evaluate, the wallet unblinds and proves it, t nodes sign, the ledger takes it. What the wallet intends is stored before anybody hears of it.
 */
import { ClientError } from '../client/client-error.js';
import type { NodeFailure } from '../client/node-failure.js';
import type { ApprovalRequest } from '../messages/index.js';
import { begin, evaluate, type Attempt } from './attempt.js';
import { intend, settled, thumbprintOfHeld, type Intent } from './binding.js';
import { collect, type ToSign } from './collect.js';
import { openingOf, type SignedBlinded } from './handles.js';
import { signReplacement } from './replacement.js';
import type { BoundKey, WalletServices } from './services.js';
import { show } from './show.js';
import type { HeldKey } from './state.js';
import type { Shown, Subject } from './subject.js';

export interface RegisterOptions {
  readonly replace?: boolean;
  /** Asks attestors of two organizations to shorten the wait of a replacement. They learn the pseudonym. */
  readonly approve?: (request: ApprovalRequest) => Promise<readonly string[]>;
}

export interface Registered {
  /** D or C_e. */
  readonly subject: string;
  readonly state: 'active' | 'pending';
  /** RFC 3339 UTC, of a replacement that waits. */
  readonly activatesAt?: string;
  /** Nodes that failed on the way. */
  readonly failures: readonly NodeFailure[];
}

export interface Completed extends Registered {
  /** Receipts or gate passes of t nodes, where they were given. */
  readonly extras: readonly string[];
  readonly attempt: Attempt;
  readonly toSign: ToSign;
}

/** @throws {ClientError} COMMITTEE_NOT_PINNED, KEY_NOT_TRUSTED, NODES_TOO_FEW, KEY_IS_ANOTHERS, and what the ledger's client throws */
export async function register(
  subject: Subject,
  blinded: SignedBlinded,
  services: WalletServices,
  { replace = false, approve }: RegisterOptions = {},
): Promise<Completed> {
  const attempt = await begin(subject, blinded, services);
  const evaluated = await evaluate(attempt);
  const id = subject.idOf(services.suite, evaluated.unblinded);
  const bound = await services.ledger.boundKey(subject.event, id);
  const binding = subject.bindingIn(services.store.state);
  const intent = await intend(binding, bound, { replace, approved: approve !== undefined });
  await remember(attempt, id, intent);
  const shown = await show(attempt, evaluated, intent.held);
  const toSign = { id, held: intent.held, shown };
  const signed = await collect(attempt, toSign);
  const statements = signed.answers.map(({ statement }) => statement);
  if (intent.register) await submit(attempt, { id, intent, statements, shown }, approve);
  const after = await settle(attempt, id);
  const extras = signed.answers.flatMap(({ extra }) => extra ?? []);
  const failures = [...evaluated.failures, ...signed.failures];
  return { subject: id, ...stateOf(after, intent.held), failures, extras, attempt, toSign };
}

async function remember({ subject, services }: Attempt, id: string, { held, register: isNew }: Intent): Promise<void> {
  await services.store.update((state) => {
    const binding = { ...subject.bindingIn(state), subject: id };
    return subject.withBinding(state, isNew ? { ...binding, next: held } : binding);
  });
}

interface Submission {
  readonly id: string;
  readonly intent: Intent;
  readonly statements: readonly string[];
  readonly shown: Shown;
}

async function submit(
  attempt: Attempt,
  { id, intent, statements, shown }: Submission,
  approve: RegisterOptions['approve'],
): Promise<void> {
  const { subject, services } = attempt;
  const { held, releasedBy } = intent;
  const { event } = subject;
  const approvals = await approve?.(approvalRequest(attempt, held, shown));
  const replacement = { event, subject: id, key: thumbprintOfHeld(held), sequence: held.sequence };
  const release = releasedBy && (await signReplacement('key-release', releasedBy, replacement, services));
  const members = { statements, ...(release && { release }), ...(approvals && { approvals }) };
  await services.ledger.submit(subject.command(id, members));
}

function approvalRequest({ subject: { event }, blinded }: Attempt, held: HeldKey, shown: Shown): ApprovalRequest {
  const { kty, crv, x, y } = held.key;
  const opening = openingOf(blinded);
  const request = { kind: 'approval' as const, opening, shown, key: { kty, crv, x, y }, sequence: held.sequence };
  return event === undefined ? request : { ...request, event };
}

/** Believes the ledger of whose key it is. */
async function settle({ subject, services }: Attempt, id: string): Promise<BoundKey | undefined> {
  const bound = await services.ledger.boundKey(subject.event, id);
  await services.store.update((state) => subject.withBinding(state, settled(subject.bindingIn(state), bound)));
  return bound;
}

function stateOf(bound: BoundKey | undefined, held: HeldKey): Pick<Registered, 'state' | 'activatesAt'> {
  if (bound?.key === thumbprintOfHeld(held)) return { state: 'active' };
  const activatesAt = bound?.pending?.activatesAt;
  if (activatesAt === undefined) throw new ClientError('KEY_IS_ANOTHERS', { field: 'key' });
  return { state: 'pending', activatesAt };
}
