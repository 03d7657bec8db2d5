/**
 * The lines of a machine-readable zone as scanners and keyboards give them: with line breaks or without, in lower case, with blanks between, with
 * a guillemet where the filler is. Doc 9303 part 3 section 4.3 has 37 characters. Anything else is refused, above all letters that only look like
 * Latin ones: folding them would give two people one identity, or one person two.
 */
import { check } from './identity-error.js';

/** Line lengths by number of lines: Doc 9303 parts 5 (TD1), 6 (TD2) and 4 (TD3). */
const SHAPES = [
  { lines: 3, length: 30 },
  { lines: 2, length: 36 },
  { lines: 2, length: 44 },
] as const;

const LONGEST_INPUT = 512;

/** What stands for the filler: some scanners read one guillemet from one filler, others from two. */
const GUILLEMETS = ['<', '<<'] as const;

/**
 * @returns one reading, or two if both ways to take guillemets fit a format: the specimen card of Doc 9303 is such a case
 * @throws {IdentityError} MRZ_CHARACTER, MRZ_UNKNOWN_FORMAT
 */
export function readingsOf(text: string): readonly (readonly string[])[] {
  check(text.length <= LONGEST_INPUT, 'MRZ_UNKNOWN_FORMAT', 'mrz');
  const rows = text
    .split(/[\r\n]+/)
    .map((row) => row.replace(/[ \t]/g, ''))
    .filter((row) => row !== '');
  rows.forEach(checkCharacters);
  const ways = rows.some((row) => row.includes('«')) ? GUILLEMETS : GUILLEMETS.slice(0, 1);
  const readings = ways.flatMap((filler) => {
    const lines = shaped(rows.map((row) => upperCase(row.replaceAll('«', filler))));
    return lines ? [lines] : [];
  });
  check(readings.length > 0, 'MRZ_UNKNOWN_FORMAT', 'mrz');
  return readings;
}

function checkCharacters(row: string, index: number): void {
  const column = row.search(/[^A-Za-z0-9<«]/);
  check(column === -1, 'MRZ_CHARACTER', 'mrz', { line: index + 1, column: column + 1 });
}

function shaped(rows: readonly string[]): readonly string[] | undefined {
  const [only, ...others] = rows;
  if (only === undefined) return undefined;
  if (others.length === 0) return cut(only);
  const fits = SHAPES.some(({ lines, length }) => rows.length === lines && rows.every((row) => row.length === length));
  return fits ? rows : undefined;
}

function cut(row: string): readonly string[] | undefined {
  const shape = SHAPES.find(({ lines, length }) => row.length === lines * length);
  return (
    shape && Array.from({ length: shape.lines }, (_, line) => row.slice(line * shape.length, (line + 1) * shape.length))
  );
}

/** Of a to z only: the general rule makes S of a long s and I of a dotless i. */
const upperCase = (row: string): string =>
  row.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 32));
