/** What a resale may cost, and who shares in it. */
import type { ParameterName, Policy } from '../parameters.js';
import { PROFILES } from '../profile.js';
import { shareText } from './language.js';
import { choice, type Sentences } from './sentence.js';

type PriceName = Extract<
  ParameterName,
  | 'jurisdiction'
  | `cap${string}`
  | 'platformFeeCapBps'
  | 'sellerFeeBps'
  | 'buyerFeeBps'
  | 'organizerRoyaltyBps'
  | 'venueBps'
  | 'feePayer'
>;

const BASIS: Readonly<Record<Policy['capBasis'], { readonly en: string; readonly fr: string }>> = {
  face: { en: 'the face price', fr: 'du prix facial' },
  'face+fees': { en: 'what the first buyer paid with fees', fr: 'de ce que le premier acheteur a payé avec les frais' },
};

export const PRICE_SENTENCES: Sentences<PriceName> = {
  jurisdiction: {
    en: (value) =>
      value ? `Law followed: ${PROFILES[value].name.en}.` : 'The rules follow no law that is known here.',
    fr: (value) =>
      value ? `Droit suivi : ${PROFILES[value].name.fr}.` : 'Les règles ne suivent aucune loi connue ici.',
  },
  capBasis: choice(
    {
      face: 'A cap on resale counts from the face price, without the fees of the first sale.',
      'face+fees': 'A cap on resale counts from what the first buyer paid, fees included.',
    },
    {
      face: 'Un plafond de revente se calcule sur le prix facial, sans les frais de la première vente.',
      'face+fees': 'Un plafond de revente se calcule sur ce que le premier acheteur a payé, frais compris.',
    },
  ),
  capBps: {
    en: (value, { capBasis }) =>
      value === null
        ? 'A resale may cost any price.'
        : `A resale may cost its buyer, all fees included, at most ${shareText(value, 'en')} of ${BASIS[capBasis].en}.`,
    fr: (value, { capBasis }) =>
      value === null
        ? "Le prix d'une revente est libre."
        : `Une revente peut coûter à l'acheteur, tous frais compris, au plus ${shareText(value, 'fr')} ${BASIS[capBasis].fr}.`,
  },
  platformFeeCapBps: {
    en: (value) =>
      value === null
        ? "The platform's two fees have no limit together, only one each."
        : `The platform's two fees together are at most ${shareText(value, 'en')} of the asked price.`,
    fr: (value) =>
      value === null
        ? "Les deux commissions de la plateforme n'ont pas de limite commune, seulement une chacune."
        : `Les deux commissions de la plateforme font ensemble au plus ${shareText(value, 'fr')} du prix demandé.`,
  },
  sellerFeeBps: {
    en: (value) =>
      value === 0
        ? 'The platform takes no fee from the seller.'
        : `The platform takes at most ${shareText(value, 'en')} of the asked price from the seller.`,
    fr: (value) =>
      value === 0
        ? 'La plateforme ne prend pas de commission au vendeur.'
        : `La plateforme prend au vendeur au plus ${shareText(value, 'fr')} du prix demandé.`,
  },
  buyerFeeBps: {
    en: (value) =>
      value === 0
        ? 'The platform takes no fee from the buyer.'
        : `The platform adds at most ${shareText(value, 'en')} of the asked price for the buyer.`,
    fr: (value) =>
      value === 0
        ? "La plateforme ne prend pas de commission à l'acheteur."
        : `La plateforme ajoute pour l'acheteur au plus ${shareText(value, 'fr')} du prix demandé.`,
  },
  organizerRoyaltyBps: {
    en: (value) =>
      value === 0
        ? 'The organizer has no share in a resale.'
        : `The organizer gets ${shareText(value, 'en')} of the asked price.`,
    fr: (value) =>
      value === 0
        ? "L'organisateur n'a pas de part dans une revente."
        : `L'organisateur reçoit ${shareText(value, 'fr')} du prix demandé.`,
  },
  venueBps: {
    en: (value) =>
      value === 0
        ? 'The venue has no share in a resale.'
        : `The venue gets ${shareText(value, 'en')} of the asked price.`,
    fr: (value) =>
      value === 0
        ? "La salle n'a pas de part dans une revente."
        : `La salle reçoit ${shareText(value, 'fr')} du prix demandé.`,
  },
  feePayer: choice(
    {
      seller: 'Shares of organizer and venue come out of the asked price: the seller bears them.',
      buyer: 'Shares of organizer and venue are added to the asked price: the buyer bears them.',
    },
    {
      seller: "Les parts de l'organisateur et de la salle sont prises sur le prix demandé : le vendeur les supporte.",
      buyer: "Les parts de l'organisateur et de la salle s'ajoutent au prix demandé : l'acheteur les supporte.",
    },
  ),
};
