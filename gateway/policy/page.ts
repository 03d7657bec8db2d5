/** The explanation as a page of text. */
import type { Language } from '../../chaincode/domain/policy/explain/language.js';
import type { ExplainedPolicy } from '../client/resources.js';

const HEADINGS = {
  en: {
    rules: 'Rules',
    version: 'version',
    ofClass: 'of class',
    classes: 'Price classes that differ',
    law: 'Law',
    demands: 'The rules are refused unless they keep to',
    notExpressed: 'What the law says and these rules can not',
    resale: 'A resale at this price, by the first buyer',
  },
  fr: {
    rules: 'Règles',
    version: 'version',
    ofClass: 'de la catégorie',
    classes: 'Catégories de prix qui diffèrent',
    law: 'Droit',
    demands: 'Les règles sont refusées si elles ne respectent pas',
    notExpressed: 'Ce que dit la loi et que ces règles ne peuvent dire',
    resale: 'Une revente à ce prix, par le premier acheteur',
  },
} as const satisfies Record<Language, Record<string, string>>;

export function pageOf(explained: ExplainedPolicy, language: Language): string {
  const { event, policyVersion, policyHash, priceClass, text, classText, profile, resale } = explained;
  const words = HEADINGS[language];
  const ofClass = priceClass === undefined ? '' : ` ${words.ofClass} ${priceClass}`;
  const differing = classText.filter((each) => each.text.length > 0);
  return [
    `${event}, ${words.version} ${policyVersion} (${policyHash})`,
    section(`${words.rules}${ofClass}`, text.map(line)),
    section(
      words.classes,
      differing.flatMap((each) => [each.priceClass, ...each.text.map((entry) => `  ${line(entry)}`)]),
    ),
    ...(profile ? lawSections(profile, words) : []),
    section(words.resale, resale?.text ?? []),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function lawSections(
  { name, statutes, demands, notExpressed }: NonNullable<ExplainedPolicy['profile']>,
  words: (typeof HEADINGS)[Language],
): readonly string[] {
  return [
    section(
      `${words.law}, ${name}`,
      statutes.flatMap(({ title, url }) => [title, `  ${url}`]),
    ),
    section(
      words.demands,
      demands.map(({ rule, parameter, source }) => `${rule} (${parameter}): ${source}`),
    ),
    section(words.notExpressed, notExpressed),
  ];
}

const line = ({ parameter, sentence }: ExplainedPolicy['text'][number]) => `${parameter.padEnd(27)} ${sentence}`;

const section = (heading: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : [heading, ...lines.map((each) => `  ${each}`)].join('\n');
