/** A policy in words: a sentence for every parameter, what price classes say otherwise, and the law that it follows with what no parameter expresses. */
import { PARAMETER_NAMES, type Jurisdiction, type ParameterName, type Policy } from '../parameters.js';
import { policyOf, type EventPolicy } from '../policy.js';
import { PROFILES, type Profile } from '../profile.js';
import { HOW_SENTENCES } from './how-sentences.js';
import { typeset, type Language } from './language.js';
import { PRICE_SENTENCES } from './price-sentences.js';
import type { Sentences } from './sentence.js';
import { WHEN_SENTENCES } from './when-sentences.js';
import { WHO_SENTENCES } from './who-sentences.js';

/** A parameter without its sentence does not compile. */
const SENTENCES: Sentences = { ...PRICE_SENTENCES, ...WHO_SENTENCES, ...WHEN_SENTENCES, ...HOW_SENTENCES };

export interface Explained {
  readonly parameter: ParameterName;
  readonly sentence: string;
}

function explain(policy: Policy, name: ParameterName, language: Language): Explained {
  // Sentence and value are of the same parameter, which the compiler can't follow through a name that varies.
  const say = SENTENCES[name][language] as (value: unknown, policy: Policy) => string;
  return { parameter: name, sentence: typeset(say(policy[name], policy), language) };
}

/** @returns one sentence for each parameter, in their order */
export function explainPolicy(policy: Policy, language: Language): readonly Explained[] {
  return PARAMETER_NAMES.map((name) => explain(policy, name, language));
}

export interface ExplainedClass {
  readonly priceClass: string;
  readonly text: readonly Explained[];
}

/** @returns for each class with rules of its own the sentences that the event's do not say; none where it repeats the event */
export function explainClasses(rules: EventPolicy, language: Language): readonly ExplainedClass[] {
  const general = new Set(explainPolicy(rules.policy, language).map(({ sentence }) => sentence));
  return Object.keys(rules.classes).map((priceClass) => {
    const text = explainPolicy(policyOf(rules, priceClass), language);
    return { priceClass, text: text.filter(({ sentence }) => !general.has(sentence)) };
  });
}

export interface ExplainedProfile extends Pick<Profile, 'jurisdiction' | 'statutes'> {
  readonly name: string;
  readonly demands: readonly { readonly rule: string; readonly parameter: ParameterName; readonly source: string }[];
  readonly notExpressed: readonly string[];
}

export function explainProfile(jurisdiction: Jurisdiction, language: Language): ExplainedProfile {
  const { name, statutes, constrains, notExpressed } = PROFILES[jurisdiction];
  return {
    jurisdiction,
    name: typeset(name[language], language),
    statutes,
    demands: constrains.map(({ rule, parameter, source }) => ({ rule, parameter, source })),
    notExpressed: notExpressed.map((text) => typeset(text[language], language)),
  };
}
