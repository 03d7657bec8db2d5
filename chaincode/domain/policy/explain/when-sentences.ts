/** From when until when, within the event's schedule. */
import type { PolicyWindow } from '../parameter.js';
import type { ParameterName } from '../parameters.js';
import { spanText } from './language.js';
import { choice, type Sentence, type Sentences } from './sentence.js';

type WindowName = Extract<ParameterName, `${string}Window`>;
type WhenName =
  WindowName | Extract<ParameterName, 'resaleOpensAfter' | 'returnDeadlineSeconds' | 'postponeClaimWindowSeconds'>;

const from = {
  en: (seconds: number | null) =>
    seconds === null ? 'from the opening' : `from ${spanText(seconds, 'en')} before the start`,
  fr: (seconds: number | null) =>
    seconds === null ? "dès l'ouverture" : `à partir de ${spanText(seconds, 'fr')} avant le début`,
};
// A window that closes with the start leaves its end to the schedule.
const until = {
  en: (seconds: number) =>
    seconds === 0 ? 'to the end of the schedule' : `until ${spanText(seconds, 'en')} before the start`,
  fr: (seconds: number) =>
    seconds === 0 ? "jusqu'au terme prévu" : `jusqu'à ${spanText(seconds, 'fr')} avant le début`,
};

const windowed = (what: { readonly en: string; readonly fr: string }): Sentence<WindowName> => ({
  en: ({ opensBeforeStartSeconds, closesBeforeStartSeconds }: PolicyWindow) =>
    `${what.en} ${from.en(opensBeforeStartSeconds)} ${until.en(closesBeforeStartSeconds)}.`,
  fr: ({ opensBeforeStartSeconds, closesBeforeStartSeconds }: PolicyWindow) =>
    `${what.fr} ${from.fr(opensBeforeStartSeconds)} ${until.fr(closesBeforeStartSeconds)}.`,
});

export const WHEN_SENTENCES: Sentences<WhenName> = {
  salesWindow: windowed({ en: 'Tickets are sold', fr: 'Les billets sont vendus' }),
  resaleWindow: windowed({ en: 'Tickets are resold', fr: 'Les billets sont revendus' }),
  resaleOpensAfter: choice(
    {
      salesOpen: 'Resale opens together with the first sale.',
      soldOut: 'Resale opens when the event is sold out or the first sale has closed, whichever comes first.',
      salesClose: 'Resale opens when the first sale has closed.',
    },
    {
      salesOpen: 'La revente ouvre en même temps que la première vente.',
      soldOut:
        "La revente ouvre quand l'événement est complet ou à la clôture de la première vente, selon ce qui survient d'abord.",
      salesClose: 'La revente ouvre à la clôture de la première vente.',
    },
  ),
  transferWindow: windowed({ en: 'Tickets are handed on', fr: 'Les billets sont cédés' }),
  returnDeadlineSeconds: {
    en: (value) => {
      if (value === null) return 'Tickets are not taken back for a refund.';
      if (value === 0) return 'Tickets are taken back for a refund until the start.';
      return `Tickets are taken back for a refund until ${spanText(value, 'en')} before the start.`;
    },
    fr: (value) => {
      if (value === null) return 'Les billets ne sont ni repris ni remboursés.';
      if (value === 0) return "Les billets sont repris et remboursés jusqu'au début.";
      return `Les billets sont repris et remboursés jusqu'à ${spanText(value, 'fr')} avant le début.`;
    },
  },
  postponeClaimWindowSeconds: {
    en: (value) =>
      value === 0
        ? 'After a postponement tickets can not be given back.'
        : `After a postponement tickets may be given back for ${spanText(value, 'en')}.`,
    fr: (value) =>
      value === 0
        ? 'Après un report, les billets ne peuvent être rendus.'
        : `Après un report, les billets peuvent être rendus pendant ${spanText(value, 'fr')}.`,
  },
};
