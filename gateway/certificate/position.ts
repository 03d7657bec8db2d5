/** Where on the ledger a piece of evidence stands. */
import { z } from 'zod';
import { txId } from '../http/schemas.js';

export const position = { tx: txId, block: z.int().min(0), timestamp: z.iso.datetime({ offset: true }) };
