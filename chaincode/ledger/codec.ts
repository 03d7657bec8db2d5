/** Records as bytes: JSON in UTF-8. Rules build records with their members in one order, so every endorser writes the same bytes. */

export function encodeRecord(record: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(record), 'utf8');
}

/** @returns undefined for an absent record, which Fabric shows as no bytes */
export function decodeRecord(bytes: Uint8Array | undefined): unknown {
  if (!bytes || bytes.length === 0) return undefined;
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
}
