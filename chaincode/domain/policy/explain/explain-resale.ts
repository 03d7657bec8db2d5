/** A resale in words: what its buyer pays, who gets how much of that and when, and whether the policy allows it. */
import {
  brokenLimits,
  capOf,
  dividePayout,
  splitResale,
  type FirstPrice,
  type PriceLimit,
  type ResaleTerms,
} from '../../resale.js';
import type { Policy } from '../parameters.js';
import { amountText } from './amount.js';
import { typeset, type Language } from './language.js';
import { limitSentence, RESALE_SENTENCES, type ResaleAmounts } from './resale-sentences.js';

export interface ResaleQuestion {
  /** The rules of the ticket's class. */
  readonly policy: Policy;
  readonly terms: ResaleTerms;
  readonly first: FirstPrice;
  /** What the seller would get back of what he had paid himself (refundableMinor). */
  readonly paidMinor: number;
  readonly currency: string;
  /** Where the terms stand, for refusals. */
  readonly field: string;
}

export interface ExplainedResale extends ResaleAmounts {
  /** The most that a buyer may pay; null without a cap. */
  readonly capMinor: number | null;
  readonly allowed: boolean;
  /** Every limit that these terms break. */
  readonly broken: readonly PriceLimit[];
  readonly text: readonly string[];
}

/** @throws {Refusal} AMOUNT_OVERFLOW, PRICE_BELOW_FEES if the fees leave the seller less than nothing */
export function explainResale(question: ResaleQuestion, language: Language): ExplainedResale {
  const { policy, terms, first, paidMinor, currency, field } = question;
  const split = splitResale(policy, terms, field);
  const amounts: ResaleAmounts = { ...split, ...dividePayout(split.sellerMinor, paidMinor) };
  const capMinor = capOf(policy, first);
  const broken = brokenLimits(policy, terms, split, first);

  const amount = (minor: number) => amountText(minor, currency, language);
  const limits = broken.map((limit) => limitSentence(limit, amount, language));
  const capKept = !broken.some(({ parameter }) => parameter === 'capBps');
  const text = [
    ...RESALE_SENTENCES[language].amounts(amounts, amount),
    ...(capKept ? [RESALE_SENTENCES[language].cap(capMinor, amount)] : []),
    ...limits,
  ];
  return {
    ...amounts,
    capMinor,
    allowed: broken.length === 0,
    broken,
    text: text.map((sentence) => typeset(sentence, language)),
  };
}
