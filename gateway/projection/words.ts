/** Text as it is searched: letters and digits in lower case without accents (Unicode NFKD), so that "theatre" finds "Théâtre". */

/** More are of no use, and a query must stay cheap. */
const MAX_TERMS = 8;
const MAX_TERM_CHARS = 64;

export function foldedWords(text: string): string {
  return termsOf(text).join(' ');
}

/** @returns a tsquery for texts that have, for each word asked for, one that begins so; undefined where no word was asked for */
export function queryOf(text: string): string | undefined {
  const terms = termsOf(text).slice(0, MAX_TERMS);
  return terms.length === 0 ? undefined : terms.map((term) => `'${term}':*`).join(' & ');
}

const termsOf = (text: string): readonly string[] =>
  (
    text
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map((term) => term.slice(0, MAX_TERM_CHARS));
