/** The languages of explanations, and how each writes numbers, shares, spans and lists. By hand: what `Intl` writes depends on the machine, and domain code must not. */
import type { Text } from '../profile.js';

export type Language = keyof Text;
export const LANGUAGES = ['en', 'fr'] as const satisfies readonly Language[];

const NO_BREAK = '\u00a0';
const NARROW_NO_BREAK = '\u202f';

/** Sets French as its printers do: narrow no-break space before ; ! ?, full one before : % and inside quotation marks, curved apostrophes. */
export function typeset(text: string, language: Language): string {
  if (language === 'en') return text;
  return text
    .replaceAll("'", '’')
    .replaceAll(/ ([;!?])/g, `${NARROW_NO_BREAK}$1`)
    .replaceAll(/ ([:%»])/g, `${NO_BREAK}$1`)
    .replaceAll('« ', `«${NO_BREAK}`)
    .replaceAll(/(\d) (?=\d{3}(?!\d))/g, `$1${NARROW_NO_BREAK}`);
}

const GROUP = { en: ',', fr: NARROW_NO_BREAK } as const;
const POINT = { en: '.', fr: ',' } as const;

/** @param fraction digits after the point, none for an integer */
export function numberText(integer: bigint | number, fraction: string, language: Language): string {
  const grouped = String(integer).replaceAll(/\B(?=(\d{3})+$)/g, GROUP[language]);
  return fraction === '' ? grouped : `${grouped}${POINT[language]}${fraction}`;
}

export const countText = (count: number, language: Language): string => numberText(count, '', language);

/** @param bps basis points: 1,050 are 10.5% */
export function shareText(bps: number, language: Language): string {
  const fraction = String(bps % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  const number = numberText(Math.floor(bps / 100), fraction, language);
  return language === 'en' ? `${number}%` : `${number}${NO_BREAK}%`;
}

const UNITS = [
  { seconds: 86_400, en: 'day', fr: 'jour' },
  { seconds: 3_600, en: 'hour', fr: 'heure' },
  { seconds: 60, en: 'minute', fr: 'minute' },
  { seconds: 1, en: 'second', fr: 'seconde' },
] as const;

/** 93,600 seconds are `1 day and 2 hours`. */
export function spanText(seconds: number, language: Language): string {
  let rest = seconds;
  const parts = UNITS.flatMap((unit) => {
    const count = Math.floor(rest / unit.seconds);
    rest %= unit.seconds;
    return count === 0 ? [] : [`${countText(count, language)} ${plural(unit[language], count, language)}`];
  });
  return parts.length === 0 ? `0 ${plural(UNITS[3][language], 0, language)}` : listText(parts, language);
}

/** Both languages add an s: English to all but one, French from two on. */
export const plural = (noun: string, count: number, language: Language): string =>
  count === 1 || (count === 0 && language === 'fr') ? noun : `${noun}s`;

const AND = { en: 'and', fr: 'et' } as const;

export function listText(items: readonly string[], language: Language): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${AND[language]} ${last}`;
}
