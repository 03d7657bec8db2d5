/** The sentences about one resale. */
import type { PriceLimit, ResaleSplit } from '../../resale.js';
import type { Language } from './language.js';

export interface ResaleAmounts extends ResaleSplit {
  /** Of the seller's part: what he had paid himself at most, at his disposal at once. */
  readonly proceedsMinor: number;
  /** Of the seller's part: what is beyond, in escrow until the event has ended. */
  readonly surplusMinor: number;
}

type Amount = (minor: number) => string;

interface ResaleSentences {
  amounts(of: ResaleAmounts, amount: Amount): readonly string[];
  /** Of a cap that is kept. */
  cap(capMinor: number | null, amount: Amount): string;
}

export const RESALE_SENTENCES: Readonly<Record<Language, ResaleSentences>> = {
  en: {
    amounts: (
      { totalMinor, commissionMinor, royaltyMinor, venueMinor, sellerMinor, proceedsMinor, surplusMinor },
      amount,
    ) => [
      `The buyer pays ${amount(totalMinor)} in all.`,
      `The platform gets ${amount(commissionMinor)}, the organizer ${amount(royaltyMinor)}, the venue ${amount(venueMinor)}, the seller ${amount(sellerMinor)}.`,
      surplusMinor === 0
        ? `The seller has ${amount(proceedsMinor)} at once; nothing stays in escrow.`
        : `The seller has ${amount(proceedsMinor)} at once; ${amount(surplusMinor)}, more than he had paid himself, stays in escrow until the event has ended.`,
    ],
    cap: (capMinor, amount) =>
      capMinor === null
        ? 'There is no cap on what the buyer pays.'
        : `The cap is ${amount(capMinor)} in all: this price keeps to it.`,
  },
  fr: {
    amounts: (
      { totalMinor, commissionMinor, royaltyMinor, venueMinor, sellerMinor, proceedsMinor, surplusMinor },
      amount,
    ) => [
      `L'acheteur paie ${amount(totalMinor)} en tout.`,
      `La plateforme reçoit ${amount(commissionMinor)}, l'organisateur ${amount(royaltyMinor)}, la salle ${amount(venueMinor)}, le vendeur ${amount(sellerMinor)}.`,
      surplusMinor === 0
        ? `Le vendeur dispose de ${amount(proceedsMinor)} tout de suite ; rien ne reste sous séquestre.`
        : `Le vendeur dispose de ${amount(proceedsMinor)} tout de suite ; ${amount(surplusMinor)}, au-delà de ce qu'il avait payé lui-même, restent sous séquestre jusqu'à la fin de l'événement.`,
    ],
    cap: (capMinor, amount) =>
      capMinor === null
        ? "Ce que paie l'acheteur n'est pas plafonné."
        : `Le plafond est de ${amount(capMinor)} en tout : ce prix le respecte.`,
  },
};

const LIMITED: Readonly<Record<PriceLimit['parameter'], Readonly<Record<Language, string>>>> = {
  sellerFeeBps: { en: "The seller's fee", fr: 'La commission du vendeur' },
  buyerFeeBps: { en: "The buyer's fee", fr: "La commission de l'acheteur" },
  platformFeeCapBps: { en: "The platform's two fees together", fr: 'Le total des commissions de la plateforme' },
  capBps: { en: 'What the buyer pays', fr: "Ce que paie l'acheteur" },
};

/** @returns a sentence that names the parameter, as a refusal would */
export function limitSentence(limit: PriceLimit, amount: Amount, language: Language): string {
  const { parameter, limitMinor, givenMinor } = limit;
  const over = amount(givenMinor - limitMinor);
  const subject = LIMITED[parameter][language];
  return language === 'en'
    ? `Refused: ${subject.charAt(0).toLowerCase()}${subject.slice(1)} may be at most ${amount(limitMinor)}; ${amount(givenMinor)} is ${over} above that (${parameter}).`
    : `Refusé : ${subject.charAt(0).toLowerCase()}${subject.slice(1)} ne doit pas dépasser ${amount(limitMinor)} ; ${amount(givenMinor)} est de ${over} au-dessus (${parameter}).`;
}
