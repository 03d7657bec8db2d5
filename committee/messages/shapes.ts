/** The members that messages are made of. For browsers and Node: zod and the domain's ids, nothing else. */
import { z } from 'zod';
import { commandId, eventId, marketId, thumbprint } from '../../chaincode/domain/ids.js';

/** A point of P-256, compressed, base64url. */
export const point = z.string().regex(/^[A-Za-z0-9_-]{44}$/, { error: 'is not a compressed point in base64url' });
/** c || s of a DLEQ. */
export const dleq = z.string().regex(/^[A-Za-z0-9_-]{86}$/, { error: 'is not a proof in base64url' });
/** R || z of a proof of possession. */
export const possession = z.string().regex(/^[A-Za-z0-9_-]{87}$/, { error: 'is not a proof in base64url' });
/** 32 random bytes. */
export const salt = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'is not 32 bytes in base64url' });
export const digest = thumbprint;
export const compactJws = z.string().min(1).max(4_096);
/** Nodes are counted from 1. */
export const nodeIndex = z.int().min(1).max(255);
/** How often a key was replaced. */
export const sequence = z.int().min(0).max(1_000_000);
/** Of a committee. */
export const epoch = z.int().min(1);

/** The consortium's own key, an event's or a sealed market's. */
export const DEDUP = 'dedup';
export const keyName = z.union([z.literal(DEDUP), eventId, marketId]);

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'is not a 32-byte coordinate in base64url' });
/** Whether it is on the curve is found when it is imported. */
export const publicKey = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
});

/** What a wallet signs is over on a multiple of this, or its `exp`, which the ledger has too, would show how its clock differs from others'. */
export const EXPIRY_STEP_S = 600;

export const claims = {
  channel: z.string().min(1).max(249),
  jti: commandId,
  /** NumericDate (RFC 7519 section 2): seconds since 1970. */
  exp: z.int().min(0),
};
