/**
 * Entity tags of records and lists (RFC 9110, section 8.8.3): the height up to which this gateway had seen blocks when it read them, and a digest of the
 * answer. Only the digest is compared, because most blocks change other records: `304` with a newer height says that it is still so. What the store, the
 * configuration or the network's nodes say does not follow from the ledger: it has the digest alone.
 */
import { createHash } from 'node:crypto';

const DIGEST_CHARS = 22;
const TAG = /^(?:W\/)?"(?:[0-9]+-)?([A-Za-z0-9_-]{22})"$/;

/** @param height undefined where the answer does not follow from the ledger */
export const entityTagOf = (height: number | undefined, body: unknown): string =>
  `"${height === undefined ? '' : `${height}-`}${digestOf(body)}"`;

const digestOf = (body: unknown): string =>
  createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, DIGEST_CHARS);

/** @param ifNoneMatch the header, `''` where there is none */
export function isStillSo(ifNoneMatch: string, tag: string): boolean {
  if (ifNoneMatch.trim() === '*') return true;
  const digest = TAG.exec(tag)?.[1];
  return tagsIn(ifNoneMatch).some((each) => TAG.exec(each)?.[1] === digest);
}

/** The tags of an `If-None-Match`. */
export const tagsIn = (ifNoneMatch: string): readonly string[] => ifNoneMatch.split(',').map((each) => each.trim());
