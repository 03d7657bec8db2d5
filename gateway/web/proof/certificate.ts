/** The certificate as it arrives: attacker-controlled, so its shape is checked before anything is read from it. */
import type { Committee, RegisteredKey } from '../resources.js';
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
/** It stands where the reseller executed it; the listing is older, and in certificates of version 2 it is not said where it stands. */
export type Resold = Placed & {
  readonly listing: string;
  readonly purchase: string;
  readonly listed?: Placed | undefined;
};
export type Hand = ({ readonly kind: 'transfer' } & Transferred) | ({ readonly kind: 'resale' } & Resold);

/** A key of a credential's, by the word of the committee's nodes. */
export type Enrolment = Placed & {
  readonly statements: readonly string[];
  readonly release?: string | undefined;
  readonly activated?: Placed | undefined;
};

/** Where holders are pseudonyms of people. */
export interface Credentials {
  readonly committee: Committee;
  readonly generation: number;
  readonly ready: readonly string[];
  readonly enrolments: readonly Enrolment[];
}

export interface Certificate {
  readonly version: 3;
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
  readonly credentials?: Credentials | undefined;
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
  const present = isObject(value) ? upgraded(value) : value;
  return isCertificate(present) ? present : undefined;
}

/** Version 1 is from before tickets could be resold: it has transfers only. Version 2 is from before holders could be people. */
function upgraded(value: Members): unknown {
  if (value.version === 2) return value.credentials === undefined ? { ...value, version: 3 } : undefined;
  if (value.version !== 1) return value;
  const { transfers, ...evidence } = isObject(value.evidence) ? value.evidence : {};
  const hands = Array.isArray(transfers)
    ? transfers.map((each: unknown) => (isObject(each) ? { ...each, kind: 'transfer' } : each))
    : undefined;
  return { ...value, version: 3, evidence: { ...evidence, hands } };
}

function isCertificate(value: unknown): value is Certificate {
  if (!has(value, { channel: 'string', event: 'string', ticket: 'string' })) return false;
  const { version, state, keys, credentials, evidence } = value;
  const known = credentials === undefined || areCredentials(credentials);
  return version === 3 && has(state, STATE) && areKeys(keys) && known && isEvidence(evidence);
}

function areCredentials(credentials: unknown): boolean {
  if (!has(credentials, { generation: 'number' })) return false;
  const { committee, ready, enrolments } = credentials;
  if (!has(committee, { epoch: 'number', threshold: 'number' })) return false;
  const { members } = committee;
  const named = (member: unknown) => has(member, { mspId: 'string', node: 'string' }) && isJwk(member.jwk);
  const areMembers = Array.isArray(members) && members.every(named);
  return areMembers && areTexts(ready) && Array.isArray(enrolments) && enrolments.every(isEnrolment);
}

const isEnrolment = (enrolment: unknown): boolean =>
  has(enrolment, PLACED) &&
  areTexts(enrolment.statements) &&
  (enrolment.release === undefined || typeof enrolment.release === 'string') &&
  (enrolment.activated === undefined || has(enrolment.activated, PLACED));

const areTexts = (value: unknown): boolean => Array.isArray(value) && value.every((each) => typeof each === 'string');

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

const isHand = (hand: unknown): boolean => (has(hand, TRANSFERRED) && hand.kind === 'transfer') || isResale(hand);

const isResale = (hand: unknown): boolean =>
  has(hand, RESOLD) && hand.kind === 'resale' && (hand.listed === undefined || has(hand.listed, PLACED));

function has(value: unknown, shape: Shape): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Object.entries(shape).every(([name, type]) => typeof value[name] === type);
}
