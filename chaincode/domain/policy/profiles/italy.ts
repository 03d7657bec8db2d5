/** Italy: tickets are sold by those who run authorised issuing systems; a person may resell one occasionally, at most at its nominal price. */
import type { Profile } from '../profile.js';
import { BOTS, EUROPEAN_STATUTES, sellerKind } from './european-union.js';

const ACT = 'Legge 11 dicembre 2016, n. 232, art. 1';

export const italy: Profile = {
  jurisdiction: 'IT',
  name: { en: 'Italy', fr: 'Italie' },
  statutes: [
    {
      title: `${ACT}, commi 545 ss.`,
      url: 'https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2016-12-11;232',
    },
    {
      title: 'Legge 30 dicembre 2018, n. 145, art. 1, comma 1100 (inserts commi 545-bis ff.)',
      url: 'https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2018-12-30;145',
    },
    ...EUROPEAN_STATUTES,
  ],
  // Nobody is authorised until the organizer has named somebody. The threshold is ours: who bought the default limit may resell all of it, once.
  fills: {
    authorisedResellers: [],
    capBasis: 'face',
    capBps: 10_000,
    habitualThreshold: 8,
    mandatoryDisclosure: ['sellerKind'],
  },
  constrains: [
    { rule: 'IT.price-basis', source: `${ACT}, comma 545`, parameter: 'capBasis', equals: 'face' },
    { rule: 'IT.price-cap', source: `${ACT}, comma 545`, parameter: 'capBps', atMost: 10_000 },
    { rule: 'IT.authorised-resellers', source: `${ACT}, comma 545`, parameter: 'authorisedResellers', named: true },
    { rule: 'IT.occasional-resale', source: `${ACT}, comma 545`, parameter: 'habitualThreshold', given: true },
    sellerKind('IT'),
  ],
  notExpressed: [
    {
      en: 'Only a natural person who has no commercial purpose may resell. The ledger sees keys, not persons, at one event only, and the law gives no number for occasional.',
      fr: "Seule une personne physique sans but commercial peut revendre. Le registre voit des clés, non des personnes, et au sein d'un seul événement ; la loi ne chiffre pas ce qui est occasionnel.",
    },
    {
      en: 'In places for more than 5,000 spectators tickets are in a name, sports and some arts excepted (comma 545-bis). The size of the house is not known here: set credentialRequired and gateCheck.',
      fr: "Dans les lieux de plus de 5 000 spectateurs, les billets sont nominatifs, sauf pour le sport et certains arts (alinéa 545-bis). La taille de la salle n'est pas connue ici : régler credentialRequired et gateCheck.",
    },
    {
      en: 'Official resale may add reasonable handling charges to the nominal price (comma 545-quater). The cap here counts them in: the seller bears them.',
      fr: 'La revente officielle peut ajouter au prix nominal des frais de gestion raisonnables (alinéa 545-quater). Le plafond les compte ici : le vendeur les supporte.',
    },
    {
      en: 'Whether a reseller runs an authorised issuing system is for the organizer to check before it names it.',
      fr: "Que le revendeur dispose d'un système d'émission autorisé, l'organisateur le vérifie avant de le nommer.",
    },
    BOTS,
  ],
};
