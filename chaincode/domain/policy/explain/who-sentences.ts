/** Who may sell, buy and hold, and how often. */
import type { ParameterName } from '../parameters.js';
import { countText, listText, plural, spanText } from './language.js';
import { yesNo, type Sentences } from './sentence.js';

type WhoName = Extract<
  ParameterName,
  | 'authorisedResellers'
  | 'credentialRequired'
  | 'perPersonLimit'
  | 'complimentaryNotResellable'
  | 'minHoldingPeriodSeconds'
  | 'maxHops'
  | 'habitualThreshold'
>;

export const WHO_SENTENCES: Sentences<WhoName> = {
  authorisedResellers: {
    en: (value) => {
      if (value === 'any') return 'Every reseller of the consortium may execute resales.';
      if (value.length === 0) return 'No reseller may execute resales yet: the organizer has named none.';
      return `Only ${listText(value, 'en')} may execute resales.`;
    },
    fr: (value) => {
      if (value === 'any') return 'Tout revendeur du consortium peut exécuter des reventes.';
      if (value.length === 0)
        return "Aucun revendeur ne peut encore exécuter de reventes : l'organisateur n'en a nommé aucun.";
      const verb = value.length === 1 ? 'Seul' : 'Seuls';
      return `${verb} ${listText(value, 'fr')} ${value.length === 1 ? 'peut' : 'peuvent'} exécuter des reventes.`;
    },
  },
  credentialRequired: yesNo(
    [
      'Whoever gets a ticket needs a credential: one person has one.',
      'A ticket needs no credential: limits count keys, and anybody can make another key.',
    ],
    [
      'Qui obtient un billet doit avoir une accréditation : chaque personne en a une.',
      "Un billet ne demande pas d'accréditation : les limites comptent des clés, et chacun peut en créer une autre.",
    ],
  ),
  perPersonLimit: {
    en: ({ primary, resale }) =>
      `One holder may buy at most ${countText(primary, 'en')} ${plural('ticket', primary, 'en')} in the first sale and ${countText(resale, 'en')} in resale.`,
    fr: ({ primary, resale }) =>
      `Un détenteur peut acheter au plus ${countText(primary, 'fr')} ${plural('billet', primary, 'fr')} à la première vente et ${countText(resale, 'fr')} à la revente.`,
  },
  complimentaryNotResellable: yesNo(
    ['A complimentary ticket may not be resold.', 'A complimentary ticket may be resold.'],
    ['Un billet gratuit ne peut être revendu.', 'Un billet gratuit peut être revendu.'],
  ),
  minHoldingPeriodSeconds: {
    en: (value) =>
      value === 0
        ? 'A ticket may be resold as soon as it is held.'
        : `A ticket may be resold once it has been held for ${spanText(value, 'en')}.`,
    fr: (value) =>
      value === 0
        ? "Un billet peut être revendu dès qu'il est détenu."
        : `Un billet peut être revendu après avoir été détenu ${spanText(value, 'fr')}.`,
  },
  maxHops: {
    en: (value) => {
      if (value === null) return 'A ticket may change hands any number of times.';
      if (value === 0) return 'A ticket may not change hands.';
      return `A ticket may change hands at most ${countText(value, 'en')} ${plural('time', value, 'en')}.`;
    },
    fr: (value) => {
      if (value === null) return 'Un billet peut changer de mains autant de fois que voulu.';
      if (value === 0) return 'Un billet ne peut changer de mains.';
      return `Un billet peut changer de mains au plus ${countText(value, 'fr')} fois.`;
    },
  },
  habitualThreshold: {
    en: (value) =>
      value === null
        ? 'How many tickets one holder resells at this event is not limited.'
        : `One holder may resell at most ${countText(value, 'en')} ${plural('ticket', value, 'en')} at this event: more would be a trade. Other events can't be seen.`,
    fr: (value) =>
      value === null
        ? "Le nombre de billets qu'un détenteur revend pour cet événement n'est pas limité."
        : `Un détenteur peut revendre au plus ${countText(value, 'fr')} ${plural('billet', value, 'fr')} pour cet événement : au-delà, ce serait un commerce. Les autres événements ne sont pas visibles.`,
  },
};
