/** France: who resells as a habit, or provides the means for it, needs the organizer's authorisation. */
import type { Profile } from '../profile.js';
import { BOTS, EUROPEAN_STATUTES, sellerKind } from './european-union.js';

export const france: Profile = {
  jurisdiction: 'FR',
  name: { en: 'France', fr: 'France' },
  statutes: [
    {
      title: 'Code pénal, art. 313-6-2',
      url: 'https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000006070719/',
    },
    {
      title: 'Loi du 27 juin 1919 portant répression du trafic des billets de théâtre',
      url: 'https://www.legifrance.gouv.fr/loda/id/LEGITEXT000006070724/',
    },
    ...EUROPEAN_STATUTES,
  ],
  // Nobody is authorised until the organizer has named somebody.
  fills: { authorisedResellers: [], capBps: 10_000, mandatoryDisclosure: ['sellerKind'] },
  constrains: [
    {
      rule: 'FR.authorised-resellers',
      source: 'Code pénal, art. 313-6-2',
      parameter: 'authorisedResellers',
      named: true,
    },
    sellerKind('FR'),
  ],
  notExpressed: [
    {
      en: 'The offence is the habit. The law gives no number, and the ledger sees a holder at one event only.',
      fr: "L'infraction suppose l'habitude. La loi ne donne pas de nombre, et le registre ne voit un détenteur qu'au sein d'un seul événement.",
    },
    {
      en: 'Tickets of theatres and concerts that are publicly subsidised or favoured may not be resold above the posted price (Act of 27 June 1919, art. 1). Whether a house is one can not be seen here: leave the cap at 100% and set capBasis to face.',
      fr: 'Les billets des théâtres et concerts subventionnés ou avantagés par une collectivité publique ne peuvent être revendus au-dessus du prix affiché (loi du 27 juin 1919, art. 1er). Le registre ne sait pas si une salle en est : laisser le plafond à 100 % et mettre capBasis à face.',
    },
    {
      en: 'Sports events at risk of fraud must have tickets in a name above thresholds set by decree (Code du sport, art. L. 332-1-2): set credentialRequired and gateCheck for them.',
      fr: 'Les manifestations sportives exposées à la fraude prévoient, au-delà de seuils fixés par décret, des billets nominatifs (code du sport, art. L. 332-1-2) : régler pour elles credentialRequired et gateCheck.',
    },
    BOTS,
  ],
};
