/** The end of a replacement that waits: the old key objects, or its time has come. */
import { z } from 'zod';
import { findEvent, requireCaller, requireCurrent } from '../authority.js';
import { enrolmentKey, personKey } from '../committee-keys.js';
import type { BoundKey, PendingKey } from '../committee-records.js';
import { activate, CREDENTIAL, PERSON, requireBound, veto } from '../credentials/binding.js';
import { requireAbout, requireOldKey } from '../credentials/support.js';
import { eventId, thumbprint } from '../ids.js';
import { commandKey, eventKey, organizationKey, type Key } from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { parseWith } from '../parse.js';
import { refuse } from '../refusal.js';
import { compactJws, id, prepareUnsigned, type Prepare } from '../rule.js';
import type { State } from '../state.js';
import { decodeStatement } from '../statements.js';
import { addSeconds } from '../time.js';

/** @param event undefined for a person */
const keyOfSubject = (event: string | undefined, subject: string): Key<BoundKey> =>
  event === undefined ? personKey(subject) : enrolmentKey(event, subject);

function requireSubject(state: State, event: string | undefined, subject: string, field: string): BoundKey {
  const words = event === undefined ? PERSON : CREDENTIAL;
  return requireBound(state.get(keyOfSubject(event, subject)), words, subject, field);
}

/** Orders of a market that settles are judged by the keys that were the holders' at its close. */
const keysOfMarket = (event: string | undefined): readonly Key<unknown>[] =>
  event === undefined ? [] : [eventKey(event), latestMarketKey(event)];

function requireNoMarket(state: State, event: string | undefined): void {
  if (event !== undefined) requireNoSettling(state, findEvent(state, event));
}

const objection = z.strictObject({ kind: z.literal('credential.veto'), statement: compactJws });

export const prepareVeto: Prepare = (raw) => {
  const command = parseWith(objection, raw, '');
  const statement = decodeStatement('key-veto', command.statement, 'statement');
  const { event, jti, subject } = statement.payload;
  const key = keyOfSubject(event, subject);
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, statement.signer, jti),
    digest: statement.digest,
    reads: keysOfMarket(event),
    writes: [key],
    decide(state, context) {
      requireCurrent(statement, event, context);
      requireNoMarket(state, event);
      const before = requireSubject(state, event, subject, 'statement.subject');
      if (!before.pending) return refuse('NO_REPLACEMENT', { field: 'statement.subject' });
      requireAbout(statement, { subject, ...before.pending });
      requireOldKey(statement, before);
      const after = veto(before);
      state.put(key, after);
      return { result: { sequence: after.sequence } };
    },
  };
};

/** While a market settles the old key can't veto: afterwards it has this long at least. */
export const VETO_SECONDS = 3600;

function dueAt(state: State, event: string | undefined, { activatesAt }: PendingKey): string {
  const endedAt = event === undefined ? undefined : state.get(latestMarketKey(event))?.endedAt;
  const vetoed = endedAt === undefined ? activatesAt : addSeconds(endedAt, VETO_SECONDS);
  return vetoed > activatesAt ? vetoed : activatesAt;
}

const activation = z.strictObject({
  kind: z.literal('credential.activate'),
  id,
  event: eventId.optional(),
  subject: thumbprint,
});

/** By anyone: in writing, so that what the old key signed and somebody holds back conflicts. */
export const prepareActivation: Prepare = (raw, callerMsp) =>
  prepareUnsigned(activation, raw, callerMsp, ({ event, subject }) => ({
    reads: [organizationKey(callerMsp), ...keysOfMarket(event)],
    writes: [keyOfSubject(event, subject)],
    decide(state, context) {
      requireCaller(state, context, callerMsp, 'box-office', 'committee', 'admin');
      requireNoMarket(state, event);
      const before = requireSubject(state, event, subject, 'subject');
      if (!before.pending) return refuse('NO_REPLACEMENT', { field: 'subject' });
      const activatesAt = dueAt(state, event, before.pending);
      const after = context.now < activatesAt ? undefined : activate(before, context.now);
      if (!after) return refuse('NOTHING_DUE', { field: 'subject', activatesAt });
      state.put(keyOfSubject(event, subject), after);
      return { result: { key: after.key, sequence: after.sequence } };
    },
  }));
