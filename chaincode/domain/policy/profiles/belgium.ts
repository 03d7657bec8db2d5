/** Belgium: no habitual resale, and an occasional one never above the final price of the first seller. */
import type { Profile } from '../profile.js';
import { BOTS, EUROPEAN_STATUTES, sellerKind } from './european-union.js';

const ACT = "Loi du 30 juillet 2013 relative à la revente de titres d'accès à des événements";

export const belgium: Profile = {
  jurisdiction: 'BE',
  name: { en: 'Belgium', fr: 'Belgique' },
  statutes: [
    { title: ACT, url: 'https://www.ejustice.just.fgov.be/eli/loi/2013/07/30/2013011413/justel' },
    ...EUROPEAN_STATUTES,
  ],
  // The final price has all mandatory fees in it. The threshold is ours: who bought the default limit may resell all of it, once.
  fills: {
    capBasis: 'face+fees',
    capBps: 10_000,
    habitualThreshold: 8,
    complimentaryNotResellable: true,
    mandatoryDisclosure: ['sellerKind'],
  },
  constrains: [
    { rule: 'BE.price-cap', source: ACT, parameter: 'capBps', atMost: 10_000 },
    { rule: 'BE.habitual-resale', source: ACT, parameter: 'habitualThreshold', given: true },
    { rule: 'BE.complimentary', source: ACT, parameter: 'complimentaryNotResellable', equals: true },
    sellerKind('BE'),
  ],
  notExpressed: [
    {
      en: "From how many resales on somebody resells as a habit, the law does not say: the threshold is the organizer's choice, and the ledger sees a holder at one event only.",
      fr: "À partir de combien de reventes il y a habitude, la loi ne le dit pas : le seuil est le choix de l'organisateur, et le registre ne voit un détenteur qu'au sein d'un seul événement.",
    },
    {
      en: 'The first seller states the final price when it offers the ticket and on the ticket itself (art. 4).',
      fr: "Le vendeur initial indique le prix définitif lors de l'offre et sur le titre d'accès lui-même (art. 4).",
    },
    {
      en: 'What was paid above the final price was not due: the buyer may claim it back from his reseller. No court is asked here.',
      fr: "Ce qui a été payé au-delà du prix définitif n'était pas dû : l'acheteur peut le réclamer à son revendeur. Aucun tribunal n'est saisi ici.",
    },
    BOTS,
  ],
};
