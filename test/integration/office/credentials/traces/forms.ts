/** How a value may be written down: as it is, in capitals or not, in hexadecimal, in base64 of either alphabet, in a URL, and inside base64 of something longer. */

export interface Secret {
  /** What it is, for whoever has to find the leak; not the value. */
  readonly what: string;
  readonly value: Uint8Array | string;
}

/** A form in Latin-1, so that every character is a byte; by what it is called. */
export type Forms = ReadonlyMap<string, string>;

export const MIN_CHARS = 8;

export function formsOf({ value }: Secret): Forms {
  const bytes = Buffer.from(typeof value === 'string' ? Buffer.from(value, 'utf8') : value);
  const plain = typeof value === 'string' ? textForms(value) : numberForms(bytes);
  const hex = bytes.toString('hex');
  const written = new Map([
    ['bytes', bytes.toString('latin1')],
    ['hex', hex],
    ['HEX', hex.toUpperCase()],
    ...plain,
    ...base64Forms('', bytes),
  ]);
  // A statement is base64url of JSON, in which there is text.
  const nested = typeof value === 'string' ? [] : ['hex', 'base64', 'base64url'];
  for (const name of nested)
    for (const [form, text] of base64Forms(`${name} `, Buffer.from(written.get(name)!))) written.set(form, text);
  return new Map([...written].filter(([, text]) => text.length >= MIN_CHARS));
}

const textForms = (text: string): readonly (readonly [string, string])[] => [
  ['lower case', text.toLowerCase()],
  ['upper case', text.toUpperCase()],
  ['URL', encodeURIComponent(text)],
  ['JSON', JSON.stringify(text).slice(1, -1)],
];

const numberForms = (bytes: Buffer): readonly (readonly [string, string])[] => [
  ['decimal', BigInt(`0x${bytes.toString('hex')}`).toString()],
  ['base64', bytes.toString('base64').replaceAll('=', '')],
  ['base64url', bytes.toString('base64url')],
];

/** What base64 has of the bytes wherever they begin in a group of three, without the characters that their neighbours have a part in. */
function base64Forms(name: string, bytes: Buffer): readonly (readonly [string, string])[] {
  return [0, 1, 2].flatMap((before) => {
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    const core = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .slice(Math.ceil((before * 8) / 6), end);
    const url = core.replaceAll('+', '-').replaceAll('/', '_');
    return [
      [`${name}inside base64, ${before}`, core],
      [`${name}inside base64url, ${before}`, url],
    ] as const;
  });
}
