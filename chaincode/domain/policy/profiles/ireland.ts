/** Ireland: no resale above the original sale price, and no term that keeps a holder from passing a ticket on. */
import type { Profile } from '../profile.js';
import { BOTS, EUROPEAN_STATUTES, sellerKind } from './european-union.js';

const ACT = 'Sale of Tickets (Cultural, Entertainment, Recreational and Sporting Events) Act 2021';
const TOLD = ['faceValue', 'place'] as const;

export const ireland: Profile = {
  jurisdiction: 'IE',
  name: { en: 'Ireland', fr: 'Irlande' },
  statutes: [
    {
      title: `${ACT} (No. 21 of 2021), ss. 15, 17 and 19`,
      url: 'https://www.irishstatutebook.ie/eli/2021/act/21/enacted/en/html',
    },
    ...EUROPEAN_STATUTES,
  ],
  fills: { capBps: 10_000, mustAllowTransfer: true, mandatoryDisclosure: [...TOLD, 'sellerKind'] },
  constrains: [
    { rule: 'IE.price-cap', source: `${ACT}, s. 15`, parameter: 'capBps', atMost: 10_000 },
    { rule: 'IE.transfer-allowed', source: `${ACT}, s. 19`, parameter: 'mustAllowTransfer', equals: true },
    {
      rule: 'IE.listing-information',
      source: `${ACT}, s. 17`,
      parameter: 'mandatoryDisclosure',
      includes: TOLD,
    },
    sellerKind('IE'),
  ],
  notExpressed: [
    {
      en: 'The ban on prices above the original one holds for designated venues and events (ss. 7 and 9). Here it holds for every event that names this law.',
      fr: "L'interdiction de dépasser le prix d'origine vaut pour les salles et événements désignés (art. 7 et 9). Ici, elle vaut pour tout événement qui se réclame de cette loi.",
    },
    {
      en: 'What counts as the original sale price (s. 2) is for the organizer to decide: capBasis says whether the fees of the first sale belong to it.',
      fr: "Ce qui compte comme prix de vente d'origine (art. 2) est à décider par l'organisateur : capBasis dit si les frais de la première vente en font partie.",
    },
    {
      en: 'Charities and amateur sports clubs are exempt (s. 18), and some tickets from the ban on terms against transfer (s. 19(2)). An event that relies on either does not name this law.',
      fr: "Les organismes caritatifs et les clubs sportifs amateurs sont exemptés (art. 18), de même que certains billets pour l'interdiction des clauses contre la cession (art. 19, par. 2). Un événement qui s'en prévaut ne se réclame pas de cette loi.",
    },
    {
      en: 'The primary seller has duties to inform of its own (s. 16).',
      fr: "Le vendeur primaire a ses propres obligations d'information (art. 16).",
    },
    BOTS,
  ],
};
