/** Profiles: what the law of a place fills in and demands, as data, with the statute and what no parameter can express. */
import { require } from '../refusal.js';
import type { Jurisdiction, ParameterName, Policy, PolicyPart } from './parameters.js';
import { PROFILES } from './profiles/index.js';

export { PROFILES };

/** One demand of a statute on one parameter. */
export type Constraint = {
  /** Its name, which refusals carry: `BE.price-cap`. */
  readonly rule: string;
  /** The provision: act, section. */
  readonly source: string;
} & (
  | { readonly parameter: ParameterName; readonly atMost: number }
  | { readonly parameter: ParameterName; readonly atLeast: number }
  | { readonly parameter: ParameterName; readonly equals: string | boolean }
  | { readonly parameter: 'authorisedResellers'; readonly named: true }
  | { readonly parameter: ParameterName; readonly given: true }
  | { readonly parameter: ParameterName; readonly includes: readonly string[] }
);

export interface Text {
  readonly en: string;
  readonly fr: string;
}

export interface Profile {
  readonly jurisdiction: Jurisdiction;
  readonly name: Text;
  /** The statutes it follows, each with where to read it. */
  readonly statutes: readonly { readonly title: string; readonly url: string }[];
  /** Values where nobody says otherwise. */
  readonly fills: PolicyPart;
  readonly constrains: readonly Constraint[];
  /** What the law says and no parameter does: the organizer has to see to it. */
  readonly notExpressed: readonly Text[];
}

/** @throws {Refusal} POLICY_BREAKS_PROFILE */
export function requireProfile(policy: Policy, jurisdiction: Jurisdiction, at: string): void {
  for (const constraint of PROFILES[jurisdiction].constrains) {
    require(meets(policy, constraint), 'POLICY_BREAKS_PROFILE', {
      field: `${at}.${constraint.parameter}`,
      rule: constraint.rule,
      source: constraint.source,
    });
  }
}

function meets(policy: Policy, constraint: Constraint): boolean {
  const value: unknown = policy[constraint.parameter];
  // A limit that is not set is beyond every number.
  const amount = value === null ? Number.POSITIVE_INFINITY : Number(value);
  if ('atMost' in constraint) return amount <= constraint.atMost;
  if ('atLeast' in constraint) return amount >= constraint.atLeast;
  if ('equals' in constraint) return value === constraint.equals;
  if ('named' in constraint) return value !== 'any';
  if ('given' in constraint) return value !== null;
  return Array.isArray(value) && constraint.includes.every((item) => value.includes(item));
}
