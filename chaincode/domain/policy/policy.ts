/**
 * Policies: inherited organizer → venue → event → price class, checked against each other and against the law they name, and changed in the
 * buyers' favour only once sales have opened.
 */
import { z } from 'zod';
import { sha256 } from '../../crypto/jwk.js';
import { slugId } from '../ids.js';
import { require } from '../refusal.js';
import { PARAMETER_NAMES, parameter, type ParameterName, type Policy, type PolicyPart } from './parameters.js';
import { PROFILES, requireProfile } from './profile.js';

export type { Policy, PolicyPart } from './parameters.js';

/** Price classes with rules of their own, at most this many. */
const MAX_CLASSES = 32;
const MAX_RULES_CHARS = 16 * 1024;

const partOf = (names: readonly ParameterName[]) =>
  z.strictObject(
    Object.fromEntries(names.map((name) => [name, parameter(name).schema.optional()])),
  ) as unknown as z.ZodType<PolicyPart>;

export const policyPartSchema = partOf(PARAMETER_NAMES);
const classPartSchema = partOf(PARAMETER_NAMES.filter((name) => parameter(name).scope === 'class'));
export const classesSchema = z.record(slugId, classPartSchema);
/** What price classes say beyond the event. */
export type PolicyClasses = Readonly<Record<string, PolicyPart>>;

/** An event's rules, every parameter decided. */
export interface EventPolicy {
  readonly policy: Policy;
  readonly classes: PolicyClasses;
}

const DEFAULTS = Object.fromEntries(
  PARAMETER_NAMES.map((name) => [name, parameter(name).byDefault]),
) as unknown as Policy;

/** Members in the table's order, so that every endorser writes the same bytes; undefined says nothing, null takes a limit away. */
function overlay(under: Policy, over: PolicyPart): Policy {
  const entries = PARAMETER_NAMES.map((name) => [name, over[name] === undefined ? under[name] : over[name]]);
  return Object.fromEntries(entries) as Policy;
}

/** @param layers from the widest, what the organizer says, to the narrowest, what the event says */
export function inheritPolicy(layers: readonly PolicyPart[], classes: PolicyClasses): EventPolicy {
  const jurisdiction = layers.reduce<Policy['jurisdiction']>(
    (found, { jurisdiction: own }) => (own === undefined ? found : own),
    null,
  );
  const base = jurisdiction ? overlay(DEFAULTS, PROFILES[jurisdiction].fills) : DEFAULTS;
  return { policy: layers.reduce(overlay, base), classes: sortedClasses(classes) };
}

/** The rules of an event after a change of some of them. */
export function patchPolicy(before: EventPolicy, part: PolicyPart, classes: PolicyClasses): EventPolicy {
  const names = new Set([...Object.keys(before.classes), ...Object.keys(classes)]);
  const merged = [...names].map((name) => [name, { ...before.classes[name], ...classes[name] }] as const);
  return { policy: overlay(before.policy, part), classes: sortedClasses(Object.fromEntries(merged)) };
}

function sortedClasses(classes: PolicyClasses): PolicyClasses {
  const ordered = (part: PolicyPart) =>
    Object.fromEntries(PARAMETER_NAMES.filter((name) => part[name] !== undefined).map((name) => [name, part[name]]));
  const sorted = Object.entries(classes).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, part]) => [name, ordered(part)]));
}

/** The rules of one price class. */
export function policyOf({ policy, classes }: EventPolicy, priceClass: string): Policy {
  const own = Object.hasOwn(classes, priceClass) ? classes[priceClass] : undefined;
  return own ? overlay(policy, own) : policy;
}

/** SHA-256 of the decided rules in base64url: what an organizer pins when it signs only a part of them. */
export function hashOfPolicy({ policy, classes }: EventPolicy): string {
  return sha256(JSON.stringify({ policy, classes }));
}

/** @throws {Refusal} POLICY_MISMATCH if the signer pinned other rules than it gets */
export function requirePolicyHash(rules: EventPolicy, pinned: string | undefined, field: string): void {
  const expected = hashOfPolicy(rules);
  require(pinned === undefined || pinned === expected, 'POLICY_MISMATCH', { field, expected });
}

/**
 * No rule may defeat another, nor the law that the policy names.
 * @throws {Refusal} POLICY_INCONSISTENT naming both parameters, POLICY_BREAKS_PROFILE naming parameter and rule
 */
export function requireLawfulPolicy(rules: EventPolicy): void {
  // Every sale and every scan reads them.
  require(Object.keys(rules.classes).length <= MAX_CLASSES, 'TOO_LARGE', { field: 'classes', limit: MAX_CLASSES });
  require(JSON.stringify(rules).length <= MAX_RULES_CHARS, 'TOO_LARGE', { field: 'policy', limit: MAX_RULES_CHARS });
  for (const [at, policy] of allOf(rules)) {
    requireConsistent(policy, at);
    if (policy.jurisdiction) requireProfile(policy, policy.jurisdiction, at);
  }
}

/** The event's own rules and those of each class that has some, with the path by which refusals name them. */
function allOf(rules: EventPolicy): readonly (readonly [at: string, policy: Policy])[] {
  const classes = Object.keys(rules.classes).map((name) => [`classes.${name}`, policyOf(rules, name)] as const);
  return [['policy', rules.policy], ...classes];
}

function requireConsistent(policy: Policy, at: string): void {
  const { mustAllowTransfer, transfer, transferWindow, feePayer } = policy;
  const check = (holds: boolean, name: ParameterName, because: ParameterName) =>
    require(holds, 'POLICY_INCONSISTENT', { field: `${at}.${name}`, because: `${at}.${because}` });
  check(!mustAllowTransfer || transfer === 'allowed', 'transfer', 'mustAllowTransfer');
  const open = transferWindow.opensBeforeStartSeconds === null && transferWindow.closesBeforeStartSeconds === 0;
  check(!mustAllowTransfer || open, 'transferWindow', 'mustAllowTransfer');
  // Nobody sells and owes money for it.
  const shares = feePayer === 'seller' ? policy.organizerRoyaltyBps + policy.venueBps : 0;
  check(policy.sellerFeeBps + shares <= 10_000, 'sellerFeeBps', 'feePayer');
}

/**
 * Once sales have opened, a parameter moves only the way it declares.
 * @throws {Refusal} POLICY_CHANGE_UNFAVOURABLE naming the parameter and the way it may move
 */
export function requireFavourable(before: EventPolicy, after: EventPolicy): void {
  for (const [at, policy] of allOf(after)) {
    const old = at === 'policy' ? before.policy : policyOf(before, at.slice('classes.'.length));
    for (const name of PARAMETER_NAMES) {
      const rule = parameter(name);
      require(rule.allows(old[name], policy[name]), 'POLICY_CHANGE_UNFAVOURABLE', {
        field: `${at}.${name}`,
        favours: rule.favours,
      });
    }
  }
}
