/** The enrolment of a credential at one event: the person's pseudonym there, and the key that speaks for it. */
import { z } from 'zod';
import { requireEvent } from '../authority.js';
import { enrolmentKey, sharedKeyKey } from '../committee-keys.js';
import { CREDENTIAL } from '../credentials/binding.js';
import { requireAgreement } from '../credentials/node-statements.js';
import { digestOfRegistration, register, resultOf } from '../credentials/registration.js';
import { keysOfReplacement, readReplacement } from '../credentials/support.js';
import { eventId } from '../ids.js';
import { commandKey, eventKey } from '../keys.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { parseWith } from '../parse.js';
import { requireCredentials } from '../policy/enforce.js';
import type { Prepare } from '../rule.js';
import { decodeStatement } from '../statements.js';
import { registrationMembers } from './person.js';

const enrolment = z.strictObject({ kind: z.literal('credential.enrol'), event: eventId, ...registrationMembers });

export const prepareEnrolment: Prepare = (raw) => {
  const command = parseWith(enrolment, raw, '');
  const { event } = command;
  const statements = command.statements.map((jws, at) => decodeStatement('enrolment', jws, `statements[${at}]`));
  requireAgreement(statements, ['credential', 'key', 'sequence']);
  const { credential: subject = '', key = '', sequence = 0 } = statements[0]?.payload ?? {};
  const replacement = readReplacement(command);
  const it = { event, claim: { subject, key, sequence }, words: CREDENTIAL, statements, replacement };
  const digest = digestOfRegistration(it);
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, subject, digest),
    digest,
    reads: [eventKey(event), latestMarketKey(event), sharedKeyKey(event), ...keysOfReplacement(replacement)],
    writes: [enrolmentKey(event, subject)],
    decide(state, context) {
      const record = requireEvent(state, event);
      requireCredentials(record);
      requireNoSettling(state, record);
      const after = register(state, state.get(enrolmentKey(event, subject)), it, context);
      state.put(enrolmentKey(event, subject), after);
      return { result: resultOf(it, after) };
    },
  };
};
