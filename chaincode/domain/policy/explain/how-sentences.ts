/** How tickets change hands, are checked and refunded. */
import type { Disclosure, ParameterName } from '../parameters.js';
import { listText } from './language.js';
import { choice, yesNo, type Sentences } from './sentence.js';

type HowName = Extract<
  ParameterName,
  'transfer' | 'market' | 'clearing' | 'mustAllowTransfer' | 'gateCheck' | 'mandatoryDisclosure' | 'refundFees'
>;

const TOLD: Readonly<Record<Disclosure, { readonly en: string; readonly fr: string }>> = {
  faceValue: { en: 'the face value', fr: 'le prix facial' },
  place: { en: 'the place', fr: 'la place' },
  restrictions: { en: 'restrictions on who may use the ticket', fr: "les restrictions d'usage du billet" },
  sellerKind: { en: 'whether the seller is a trader', fr: 'si le vendeur est un professionnel' },
  connection: {
    en: 'whether the seller is connected with organizer, venue or reseller',
    fr: "si le vendeur est lié à l'organisateur, à la salle ou au revendeur",
  },
};

export const HOW_SENTENCES: Sentences<HowName> = {
  transfer: choice(
    {
      allowed: 'A holder may hand a ticket on to somebody else.',
      forbidden: 'A holder may not hand a ticket on to somebody else.',
    },
    {
      allowed: "Un détenteur peut céder un billet à quelqu'un d'autre.",
      forbidden: "Un détenteur ne peut céder un billet à quelqu'un d'autre.",
    },
  ),
  market: choice(
    {
      direct: 'Resale is at a fixed price.',
      sealed: 'Resale is by sealed orders that are opened together.',
      both: 'Resale is at a fixed price or by sealed orders that are opened together.',
    },
    {
      direct: 'La revente se fait à prix fixe.',
      sealed: 'La revente se fait par ordres scellés, ouverts ensemble.',
      both: 'La revente se fait à prix fixe ou par ordres scellés, ouverts ensemble.',
    },
  ),
  clearing: choice(
    {
      lottery: 'A market of sealed orders is settled by lot.',
      'uniform-price': 'A market of sealed orders is settled at one price for all of a class.',
    },
    {
      lottery: "Un marché d'ordres scellés est dénoué par tirage au sort.",
      'uniform-price': "Un marché d'ordres scellés est dénoué à un seul prix par catégorie.",
    },
  ),
  mustAllowTransfer: yesNo(
    ['Nothing may keep a holder from handing a ticket on.', 'The rules may restrict the handing on of tickets.'],
    [
      'Rien ne peut empêcher un détenteur de céder un billet.',
      'Les règles peuvent restreindre la cession des billets.',
    ],
  ),
  gateCheck: choice(
    {
      code: "The door reads the ticket's code.",
      sample: "The door reads the ticket's code and asks some visitors for a document.",
      document: "The door reads the ticket's code and asks every visitor for a document.",
    },
    {
      code: "L'entrée lit le code du billet.",
      sample: "L'entrée lit le code du billet et demande une pièce d'identité à certains visiteurs.",
      document: "L'entrée lit le code du billet et demande une pièce d'identité à chaque visiteur.",
    },
  ),
  mandatoryDisclosure: {
    en: (value) =>
      value.length === 0
        ? 'A listing need tell nothing beyond its price.'
        : `A listing must tell ${listText(
            value.map((item) => TOLD[item].en),
            'en',
          )}.`,
    fr: (value) =>
      value.length === 0
        ? "Une annonce n'a rien à indiquer au-delà de son prix."
        : `Une annonce doit indiquer ${listText(
            value.map((item) => TOLD[item].fr),
            'fr',
          )}.`,
  },
  refundFees: choice(
    {
      none: 'A refund gives back the price without fees.',
      all: 'A refund gives back the price with its fees.',
    },
    {
      none: 'Un remboursement rend le prix sans les frais.',
      all: 'Un remboursement rend le prix avec ses frais.',
    },
  ),
};
