/** A person's registration: t nodes have derived the same pseudonym of the person's identity, and the ledger takes a pseudonym once. */
import { z } from 'zod';
import { DEDUP, personKey, sharedKeyKey } from '../committee-keys.js';
import { PERSON } from '../credentials/binding.js';
import { requireAgreement, requireUsableKey } from '../credentials/node-statements.js';
import { digestOfRegistration, register, resultOf } from '../credentials/registration.js';
import { APPROVALS, keysOfReplacement, readReplacement } from '../credentials/support.js';
import { MAX_COMMITTEE_NODES } from '../governance/action.js';
import { thumbprint } from '../ids.js';
import { commandKey } from '../keys.js';
import { parseWith } from '../parse.js';
import { require } from '../refusal.js';
import { compactJws, type Prepare } from '../rule.js';
import { decodeStatement } from '../statements.js';

/** What stands in a registration of whatever kind. */
export const registrationMembers = {
  statements: z.array(compactJws).min(1).max(MAX_COMMITTEE_NODES),
  /** By the old key, of a replacement. */
  release: compactJws.optional(),
  approvals: z.array(compactJws).length(APPROVALS).optional(),
};
const registration = z.strictObject({ kind: z.literal('person.register'), person: thumbprint, ...registrationMembers });

export const preparePerson: Prepare = (raw) => {
  const command = parseWith(registration, raw, '');
  const statements = command.statements.map((jws, at) => decodeStatement('person', jws, `statements[${at}]`));
  requireAgreement(statements, ['person', 'key', 'sequence', 'epoch']);
  const { person, key = '', sequence = 0, epoch = 0 } = statements[0]?.payload ?? {};
  require(person === command.person, 'STATEMENTS_DIFFER', { field: 'person' });
  const claim = { subject: command.person, key, sequence };
  const replacement = readReplacement(command);
  const it = { event: undefined, claim, words: PERSON, statements, replacement };
  const digest = digestOfRegistration(it);
  return {
    kind: command.kind,
    event: undefined,
    memory: commandKey(undefined, claim.subject, digest),
    digest,
    reads: [sharedKeyKey(DEDUP), ...keysOfReplacement(replacement)],
    writes: [personKey(claim.subject)],
    decide(state, context) {
      const expected = requireUsableKey(state, DEDUP, 'person').epoch;
      require(epoch === expected, 'STALE_EPOCH', { field: 'statements[0].epoch', expected });
      const after = register(state, state.get(personKey(claim.subject)), it, context);
      state.put(personKey(claim.subject), { ...after, epoch });
      return { result: resultOf(it, after) };
    },
  };
};
