/** Money as text: `12.50 EUR`, in French `12,50 EUR`, from minor units. */
import { numberText, type Language } from './language.js';

/** Currencies whose minor unit is not a hundredth (ISO 4217, list one). */
const EXPONENTS: ReadonlyMap<string, number> = new Map([
  ...exponents(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...exponents(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...exponents(4, 'CLF UYW'),
]);

function exponents(digits: number, currencies: string): (readonly [string, number])[] {
  return currencies.split(' ').map((currency) => [currency, digits] as const);
}

/** @param amountMinor not negative */
export function amountText(amountMinor: number, currency: string, language: Language): string {
  const digits = EXPONENTS.get(currency) ?? 2;
  const amount = BigInt(amountMinor);
  const unit = 10n ** BigInt(digits);
  const fraction = digits === 0 ? '' : String(amount % unit).padStart(digits, '0');
  return `${numberText(amount / unit, fraction, language)}${language === 'en' ? ' ' : '\u00a0'}${currency}`;
}
