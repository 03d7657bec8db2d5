/** New South Wales: a ticket is resold at most at its original cost, and advertised at most at 110 % of its original price, with price and place shown. */
import type { Profile } from '../profile.js';

const ACT = 'Fair Trading Act 1987 (NSW), Part 4A';
const TOLD = ['faceValue', 'place'] as const;

export const newSouthWales: Profile = {
  jurisdiction: 'AU-NSW',
  name: { en: 'New South Wales (Australia)', fr: 'Nouvelle-Galles du Sud (Australie)' },
  statutes: [
    {
      title: `${ACT} (ss. 58A-58L), event ticket transactions`,
      url: 'https://legislation.nsw.gov.au/view/whole/html/inforce/current/act-1987-068',
    },
  ],
  // 100 % of the face price is lawful whatever the first buyer paid in fees.
  fills: {
    capBasis: 'face',
    capBps: 10_000,
    complimentaryNotResellable: true,
    mandatoryDisclosure: [...TOLD],
  },
  constrains: [
    { rule: 'AU-NSW.price-basis', source: ACT, parameter: 'capBasis', equals: 'face' },
    { rule: 'AU-NSW.price-cap', source: ACT, parameter: 'capBps', atMost: 11_000 },
    { rule: 'AU-NSW.complimentary', source: ACT, parameter: 'complimentaryNotResellable', equals: true },
    { rule: 'AU-NSW.listing-information', source: ACT, parameter: 'mandatoryDisclosure', includes: TOLD },
  ],
  notExpressed: [
    {
      en: 'Beyond the original price a seller may ask back what the first purchase cost him in fees, at most 10%. A cap above 100% allows that much to everybody: whoever paid less in fees asks for less.',
      fr: "Au-delà du prix d'origine, le vendeur peut redemander les frais de son achat, 10 % au plus. Un plafond au-dessus de 100 % l'accorde à tous : qui a payé moins de frais demande moins.",
    },
    {
      en: 'The Part holds for tickets whose terms restrict resale (s. 58B). Here it holds for every event that names this law.',
      fr: 'Cette partie vaut pour les billets dont les conditions restreignent la revente (art. 58B). Ici, elle vaut pour tout événement qui se réclame de cette loi.',
    },
    {
      en: 'A term that cancels a ticket because it was lawfully resold is void. An organizer that voids one breaks the law, not the ledger.',
      fr: "Une clause qui annule un billet parce qu'il a été légalement revendu est nulle. L'organisateur qui l'annule enfreint la loi, non le registre.",
    },
    {
      en: "Software that circumvents a ticketing website's security to buy tickets is prohibited: the ledger sees no software.",
      fr: "Les logiciels qui contournent la sécurité d'un site de billetterie pour acheter sont interdits : le registre ne voit pas les logiciels.",
    },
  ],
};
