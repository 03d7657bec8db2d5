/** What the tests of the committee's cryptography share: hex, fixed secrets, the fault that a call throws. */
import { Fault } from '../../chaincode/crypto/fault.js';
import { nodeSuite } from '../../chaincode/crypto/node-suite.js';
import { pointFrom, type Point } from '../../chaincode/crypto/point.js';
import type { Scalar } from '../../chaincode/crypto/scalar.js';
import { deriveScalar } from '../../committee/crypto/secrets.js';

export const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const scalarOfHex = (hex: string): Scalar => BigInt(`0x${hex}`);
export const pointOfHex = (hex: string): Point => pointFrom(fromHex(hex), 'point');

/** The same secret for the same name, in every run. */
export const secretNamed = (name: string): Scalar => deriveScalar(nodeSuite, new Uint8Array(32), name);
export const pointNamed = (name: string): Point => nodeSuite.multiplyBase(secretNamed(name))!;

/** @returns `CODE field`, or `accepted` */
export function faultOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  return 'accepted';
}

/** Another letter in place of one, so the text stays of its alphabet and length. */
export function withLetter(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}
