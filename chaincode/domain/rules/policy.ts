/** Rules of resale and refund: what an organization says for all its events, and what an event changes later. */
import { z } from 'zod';
import {
  requireCaller,
  requireCurrent,
  requireEvent,
  requireEventSignature,
  requireOrganization,
} from '../authority.js';
import { eventOwners } from '../event-owners.js';
import { gateKeys, haveSalesOpened, moveGates } from '../gate-keeping.js';
import { organizerOf } from '../ids.js';
import { commandKey, eventKey, membersKey, organizationKey, policyDefaultsKey, policyKey, supplyKey } from '../keys.js';
import { requireKeptCredentials } from '../market/kept-credentials.js';
import { latestMarketKey } from '../market/keys.js';
import { requireNoSettling } from '../market/lock.js';
import { parseWith } from '../parse.js';
import {
  hashOfPolicy,
  inheritPolicy,
  patchPolicy,
  policyPartSchema,
  requireFavourable,
  requireLawfulPolicy,
  requirePolicyHash,
} from '../policy/policy.js';
import { require } from '../refusal.js';
import { compactJws, id, prepareUnsigned, type Prepare } from '../rule.js';
import { requireTransferTime } from '../schedule.js';
import { decodeStatement } from '../statements.js';

const defaults = z.strictObject({ kind: z.literal('policy.set'), id, policy: policyPartSchema });

/** Holds for events that are created from now on. */
export const preparePolicyDefaults: Prepare = (raw, callerMsp) =>
  prepareUnsigned(defaults, raw, callerMsp, ({ policy }) => ({
    reads: [organizationKey(callerMsp)],
    writes: [policyDefaultsKey(callerMsp)],
    decide(state, context) {
      requireCaller(state, context, callerMsp, 'admin');
      requireOrganization(state, callerMsp, ['organizer', 'venue'], 'caller.mspId');
      // A level may name another law, and only the event itself none.
      require(policy.jurisdiction !== null, 'INVALID_FIELD', { field: 'policy.jurisdiction', reason: 'is not a law' });
      requireLawfulPolicy(inheritPolicy([policy], {}));
      const version = (state.get(policyDefaultsKey(callerMsp))?.version ?? 0) + 1;
      state.put(policyDefaultsKey(callerMsp), { policy, version });
      return { result: { version } };
    },
  }));

const change = z.strictObject({ kind: z.literal('event.policy'), statement: compactJws });

/** Signed by the event key, like everything that is the event's. Who has a ticket may rely on the rules that he bought under. */
export const preparePolicyChange: Prepare = (raw) => {
  const command = parseWith(change, raw, '');
  const statement = decodeStatement('policy', command.statement, 'statement');
  const { event, jti, version, policy, classes = {}, policyHash } = statement.payload;
  return {
    kind: command.kind,
    event,
    memory: commandKey(event, organizerOf(event), jti),
    digest: statement.digest,
    reads: [membersKey, organizationKey(organizerOf(event)), supplyKey(event), latestMarketKey(event)],
    writes: [eventKey(event), policyKey(event, version), ...gateKeys(event)],
    decide(state, context) {
      requireCurrent(statement, event, context);
      const before = requireEvent(state, event);
      requireNoSettling(state, before);
      requireOrganization(state, before.organizer, ['organizer'], 'statement.event');
      requireEventSignature(statement, before);
      require(version === before.policyVersion + 1, 'STALE_POLICY', {
        field: 'statement.version',
        expected: before.policyVersion + 1,
      });
      const rules = patchPolicy(before, policy, classes);
      requireLawfulPolicy(rules);
      requireTransferTime(before.schedule, rules.policy);
      requireKeptCredentials(state, before, rules);
      if (haveSalesOpened(state, before, context.now)) requireFavourable(before, rules);
      requirePolicyHash(rules, policyHash, 'statement.policyHash');
      const after = { ...before, ...rules, policyVersion: version, policyHash: hashOfPolicy(rules) };
      state.put(eventKey(event), after);
      state.put(policyKey(event, version), rules, eventOwners(state, before.organizer));
      moveGates(state, after, context.now, before);
      return { result: { policy: version, policyHash: after.policyHash } };
    },
  };
};
