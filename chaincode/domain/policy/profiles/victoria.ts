/** Victoria: at declared events no resale above the face value price and 10 %, and an advertisement that shows price and place. */
import type { Profile } from '../profile.js';

const ACT = 'Major Events Act 2009 (Vic)';
const TOLD = ['faceValue', 'place'] as const;

export const victoria: Profile = {
  jurisdiction: 'AU-VIC',
  name: { en: 'Victoria (Australia)', fr: 'Victoria (Australie)' },
  statutes: [
    {
      title: `${ACT}, s. 3(1) (face value price) and Parts 9 and 9A`,
      url: 'https://www.legislation.vic.gov.au/in-force/acts/major-events-act-2009',
    },
  ],
  fills: { capBasis: 'face', capBps: 11_000, mandatoryDisclosure: [...TOLD] },
  constrains: [
    // The act leaves commissions and booking fees out of the face value price.
    { rule: 'AU-VIC.price-basis', source: `${ACT}, s. 3(1)`, parameter: 'capBasis', equals: 'face' },
    { rule: 'AU-VIC.price-cap', source: `${ACT}, Parts 9 and 9A`, parameter: 'capBps', atMost: 11_000 },
    {
      rule: 'AU-VIC.listing-information',
      source: `${ACT}, Parts 9 and 9A`,
      parameter: 'mandatoryDisclosure',
      includes: TOLD,
    },
  ],
  notExpressed: [
    {
      en: 'The rules hold for events that the Minister has declared. Here they hold for every event that names this law.',
      fr: 'Les règles valent pour les événements déclarés par le ministre. Ici, elles valent pour tout événement qui se réclame de cette loi.',
    },
    {
      en: 'Tickets in packages with other goods or services are sold only by those whom the organizer has authorised and registered (ss. 160A and 182GA). The ledger knows no packages.',
      fr: "Les billets vendus en forfait avec d'autres biens ou services ne le sont que par ceux que l'organisateur a autorisés et inscrits (art. 160A et 182GA). Le registre ne connaît pas les forfaits.",
    },
    {
      en: 'The organizer sees to it that a ticket to a declared event shows its face value price (s. 182E).',
      fr: "L'organisateur veille à ce que le billet d'un événement déclaré porte son prix facial (art. 182E).",
    },
  ],
};
