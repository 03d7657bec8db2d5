/** A parameter's value as one plain sentence. */
import type { ParameterName, Policy } from '../parameters.js';
import type { Language } from './language.js';

/** @param value the parameter's. @param policy where another parameter belongs into the same sentence */
export type Sentence<N extends ParameterName> = Readonly<
  Record<Language, (value: Policy[N], policy: Policy) => string>
>;
export type Sentences<N extends ParameterName = ParameterName> = { readonly [P in N]: Sentence<P> };

/** A sentence for each value of a choice. */
export const choice = <T extends string>(en: Readonly<Record<T, string>>, fr: Readonly<Record<T, string>>) => ({
  en: (value: T) => en[value],
  fr: (value: T) => fr[value],
});

/** A sentence for yes and one for no. */
export const yesNo = (en: readonly [yes: string, no: string], fr: readonly [yes: string, no: string]) => ({
  en: (value: boolean) => en[value ? 0 : 1],
  fr: (value: boolean) => fr[value ? 0 : 1],
});
