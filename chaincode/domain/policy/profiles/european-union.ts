/** What the law of the European Union adds in each of its states. Their own acts transpose it; the directives are cited because they are the same for all. */
import type { Constraint, Profile, Text } from '../profile.js';

export const EUROPEAN_STATUTES: Profile['statutes'] = [
  {
    title: 'Directive 2011/83/EU on consumer rights, art. 6a(1)(b), inserted by Directive (EU) 2019/2161',
    url: 'https://eur-lex.europa.eu/eli/dir/2011/83/oj',
  },
  {
    title:
      'Directive 2005/29/EC on unfair commercial practices, annex I, point 23a, inserted by Directive (EU) 2019/2161',
    url: 'https://eur-lex.europa.eu/eli/dir/2005/29/oj',
  },
];

/** A marketplace tells whether the seller says that he is a trader. */
export const sellerKind = (jurisdiction: Profile['jurisdiction']): Constraint => ({
  rule: `${jurisdiction}.seller-kind`,
  source: 'Directive 2011/83/EU, art. 6a(1)(b)',
  parameter: 'mandatoryDisclosure',
  includes: ['sellerKind'],
});

export const BOTS: Text = {
  en: 'A trader may not resell tickets to consumers that it bought with software around a purchase limit (Directive 2005/29/EC, annex I, point 23a): the ledger counts tickets per holder, it sees no software.',
  fr: "Un professionnel ne peut revendre à des consommateurs des billets achetés par un logiciel qui contourne une limite d'achat (directive 2005/29/CE, annexe I, point 23 bis) : le registre compte les billets par détenteur, il ne voit pas les logiciels.",
};
