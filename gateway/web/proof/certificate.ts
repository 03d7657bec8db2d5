/** The certificate as it arrives: attacker-controlled, so its shape is checked before anything is read from it. */
import type { RegisteredKey } from '../resources.js';
import { isJwk, isObject, type Members } from './jws.js';

/** A registered key as the certificate states it. */
export interface StatedKey extends RegisteredKey {
  readonly organization: string;
}

interface Placed {
  readonly tx: string;
  readonly block: number;
  readonly timestamp: string;
}

export type Transferred = Placed & { readonly transfer: string; readonly acceptance: string };
/** It stands where the reseller executed it. */
export type Resold = Placed & { readonly listing: string; readonly purchase: string };
export type Hand = ({ readonly kind: 'transfer' } & Transferred) | ({ readonly kind: 'resale' } & Resold);

export interface Certificate {
  readonly version: 2;
  readonly channel: string;
  readonly event: string;
  readonly ticket: string;
  readonly state: {
    readonly allotment: string;
    readonly state: string;
    readonly issue: number;
    readonly change: number;
    readonly holder: string;
    readonly hops: number;
  };
  readonly keys: { readonly organizer: StatedKey; readonly seller: StatedKey };
  readonly evidence: {
    readonly event: Placed & { readonly statement: string };
    readonly allotment: Placed & { readonly statement: string };
    readonly sale: Placed & { readonly request: string; readonly sale: string };
    readonly hands: readonly Hand[];
  };
}

type Shape = Readonly<Record<string, 'string' | 'number' | 'boolean'>>;

const PLACED: Shape = { tx: 'string', block: 'number', timestamp: 'string' };
const KEY: Shape = {
  organization: 'string',
  kid: 'string',
  use: 'string',
  notBefore: 'string',
  notAfter: 'string',
  revoked: 'boolean',
};
const STATE: Shape = {
  allotment: 'string',
  state: 'string',
  issue: 'number',
  change: 'number',
  holder: 'string',
  hops: 'number',
};

const TRANSFERRED: Shape = { ...PLACED, transfer: 'string', acceptance: 'string' };
const RESOLD: Shape = { ...PLACED, listing: 'string', purchase: 'string' };

/** Reads a certificate of any version as one of the present. @returns undefined for what is none */
export function readCertificate(value: unknown): Certificate | undefined {
  const present = isObject(value) && value.version === 1 ? upgraded(value) : value;
  return isCertificate(present) ? present : undefined;
}

/** Version 1 is from before tickets could be resold: it has transfers only. */
function upgraded(value: Members): unknown {
  const { transfers, ...evidence } = isObject(value.evidence) ? value.evidence : {};
  const hands = Array.isArray(transfers)
    ? transfers.map((each: unknown) => (isObject(each) ? { ...each, kind: 'transfer' } : each))
    : undefined;
  return { ...value, version: 2, evidence: { ...evidence, hands } };
}

function isCertificate(value: unknown): value is Certificate {
  if (!has(value, { channel: 'string', event: 'string', ticket: 'string' })) return false;
  const { version, state, keys, evidence } = value;
  return version === 2 && has(state, STATE) && areKeys(keys) && isEvidence(evidence);
}

function areKeys(keys: unknown): boolean {
  if (!isObject(keys)) return false;
  return [keys.organizer, keys.seller].every((key) => has(key, KEY) && isJwk(key.jwk));
}

function isEvidence(evidence: unknown): boolean {
  if (!isObject(evidence)) return false;
  const { event, allotment, sale, hands } = evidence;
  return (
    has(event, { ...PLACED, statement: 'string' }) &&
    has(allotment, { ...PLACED, statement: 'string' }) &&
    has(sale, { ...PLACED, request: 'string', sale: 'string' }) &&
    Array.isArray(hands) &&
    hands.every(isHand)
  );
}

const isHand = (hand: unknown): boolean =>
  (has(hand, TRANSFERRED) && hand.kind === 'transfer') || (has(hand, RESOLD) && hand.kind === 'resale');

function has(value: unknown, shape: Shape): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Object.entries(shape).every(([name, type]) => typeof value[name] === type);
}
