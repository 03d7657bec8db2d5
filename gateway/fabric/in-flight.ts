/**
 * How long after its sender's death a transaction may still be ordered, in milliseconds: orderers drop what they could not order after three minutes
 * (`RequestAutoRemoveTimeout`, network/configtx.ts), and peers need a moment.
 */
export const IN_FLIGHT_MS = 240_000;
