/**
 * A batch on its way: JSON, or the same as zlib (RFC 1950) in base64 (RFC 4648 section 4) once it is long. A transaction's argument is copied some fifty times on its
 * way through peers and orderers, and signed statements of one kind have most of their bytes in common: a hundred sales are 134 KB as they are, 48 KB packed.
 * Only arguments are packed, since everybody takes bytes apart in the same way, but compressors differ by version and processor: endorsers that pack would
 * not agree.
 */
import { constants, deflateSync, inflateSync } from 'node:zlib';
import { MAX_BATCH_CHARS } from '../domain/batch.js';
import { refuse } from '../domain/refusal.js';

/** What is shorter stays legible. */
const MIN_CHARS = 4_096;

export function packBatch(batch: string): string {
  // What would be too long unpacked goes as it is: then its characters count.
  if (batch.length < MIN_CHARS || Buffer.byteLength(batch) > MAX_BATCH_CHARS) return batch;
  return deflateSync(batch, { level: constants.Z_BEST_SPEED }).toString('base64');
}

/** @throws {Refusal} TOO_LARGE, MALFORMED_BATCH */
export function unpackBatch(argument: string): string {
  if (!isPacked(argument)) return argument;
  try {
    return inflateSync(Buffer.from(argument, 'base64'), { maxOutputLength: MAX_BATCH_CHARS }).toString('utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      return refuse('TOO_LARGE', { field: 'batch', limit: MAX_BATCH_CHARS });
    return refuse('MALFORMED_BATCH', { field: 'batch', reason: 'is not zlib' });
  }
}

/** zlib's first byte, 0x78, and the bits that follow it. No JSON begins so. */
const isPacked = (argument: string): boolean => /^e[A-P]/.test(argument);
