/**
 * United Kingdom: what a resale must tell its buyer. There is no cap in force: the one that the government announced on 19 November 2025 (original price
 * with unavoidable fees) is filled in and not demanded.
 */
import type { Profile } from '../profile.js';

const TOLD = ['faceValue', 'place', 'restrictions', 'connection'] as const;

export const unitedKingdom: Profile = {
  jurisdiction: 'UK',
  name: { en: 'United Kingdom', fr: 'Royaume-Uni' },
  statutes: [
    {
      title: 'Consumer Rights Act 2015, Part 3, Chapter 5 (ss. 90-95), secondary ticketing',
      url: 'https://www.legislation.gov.uk/ukpga/2015/15/part/3/chapter/5',
    },
    {
      title: 'Digital Economy Act 2017, ss. 105-106, ticket sales',
      url: 'https://www.legislation.gov.uk/ukpga/2017/30/part/6/crossheading/ticket-sales',
    },
    {
      title: 'Breaching of Limits on Ticket Sales Regulations 2018 (SI 2018/735)',
      url: 'https://www.legislation.gov.uk/uksi/2018/735/made',
    },
  ],
  fills: { capBasis: 'face+fees', capBps: 10_000, mandatoryDisclosure: [...TOLD] },
  constrains: [
    {
      rule: 'UK.listing-information',
      source: 'Consumer Rights Act 2015, s. 90(3) and (6)',
      parameter: 'mandatoryDisclosure',
      includes: TOLD,
    },
  ],
  notExpressed: [
    {
      en: 'A resale cap at the original price was announced on 19 November 2025. No act in force was found when this profile was written: the cap is a default here, which an organizer may lift.',
      fr: "Un plafond de revente au prix d'origine a été annoncé le 19 novembre 2025. Aucune loi en vigueur n'a été trouvée à la rédaction de ce profil : le plafond n'est ici qu'une valeur par défaut, que l'organisateur peut lever.",
    },
    {
      en: 'An organizer may not cancel a ticket nor blacklist its seller merely for a resale, unless a fair term of the first sale said so (Consumer Rights Act 2015, s. 91).',
      fr: "L'organisateur ne peut annuler un billet ni exclure son vendeur du seul fait d'une revente, sauf clause loyale de la première vente (Consumer Rights Act 2015, art. 91).",
    },
    {
      en: 'A platform that learns of criminal activity must report it (Consumer Rights Act 2015, s. 92).',
      fr: "Une plateforme qui a connaissance d'une activité criminelle doit la signaler (Consumer Rights Act 2015, art. 92).",
    },
    {
      en: 'To use software in order to buy more tickets than the limit, for gain, is an offence (SI 2018/735, reg. 3): the ledger counts tickets per holder, it sees no software.',
      fr: "User d'un logiciel pour acheter, en vue d'un gain, plus de billets que la limite est une infraction (SI 2018/735, reg. 3) : le registre compte les billets par détenteur, il ne voit pas les logiciels.",
    },
  ],
};
