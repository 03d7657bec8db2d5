/** Scenes of the domain's tests: what has happened before a test begins, and what a test says of an outcome. */
import { sign } from 'node:crypto';
import { p256 } from '@noble/curves/nist.js';
import { expect } from 'chai';
import { judgeBatch, keysOf, prepareBatch, type Outcome, type Receipt } from '../../chaincode/domain/batch.js';
import { gateKey, ticketKey } from '../../chaincode/domain/keys.js';
import { parseTicketId } from '../../chaincode/domain/ids.js';
import type { Gate, GateState } from '../../chaincode/domain/gates.js';
import { Refusal, type RefusalCode } from '../../chaincode/domain/refusal.js';
import type { TicketRecord } from '../../chaincode/domain/records.js';
import type { Payload } from '../../chaincode/domain/statements.js';
import {
  aConsortium,
  aDevice,
  anAdvance,
  anAllotment,
  anEvent,
  aSale,
  aScan,
  CONSORTIUM,
  DOORS,
  held,
  type Command,
  type Held,
  type SaleOptions,
  type ScanOptions,
  type TestAllotment,
  type TestDevice,
  type TestEvent,
  type TestKey,
  type TestSale,
  type TestScan,
} from './statements.js';
import { aContext, TestLedger, type SubmitOptions } from './test-ledger.js';

/** Two organizations of each role, so that one may do the other's part, and a trustee. */
export const RIVALS = aConsortium([
  ...CONSORTIUM.organizations,
  { mspId: 'OtherOrganizerMSP', name: 'Other organizer', roles: ['organizer'] },
  { mspId: 'OtherResellerMSP', name: 'Other reseller', roles: ['reseller'] },
  { mspId: 'OtherVenueMSP', name: 'Other venue', roles: ['venue'] },
]);

export interface Scene {
  readonly ledger: TestLedger;
  readonly event: TestEvent;
  /** Rows A to C of section `floor`, sold by ResellerMSP. */
  readonly floor: TestAllotment;
}

/** An event whose sales and transfers are open. */
export function onSale(event: Partial<Payload<'event'>> = {}, allotment: Partial<Payload<'allotment'>> = {}): Scene {
  const ledger = TestLedger.founded(RIVALS);
  const created = anEvent(event);
  const floor = anAllotment(created, allotment);
  ledger.accept([created.command, floor.command]);
  return { ledger, event: created, floor };
}

/** That event with one sale, of `floor:A:1` unless told otherwise. */
export function afterSale(options: SaleOptions = {}): Scene & { readonly sale: TestSale; readonly ticket: Held } {
  const scene = onSale();
  const sale = aSale(scene.floor, options);
  scene.ledger.accept(sale.command);
  return { ...scene, sale, ticket: held(sale) };
}

/** What a scan at the doors is submitted with. */
export const AT_THE_DOOR = { caller: 'VenueMSP', now: DOORS } as const;

export interface DoorScene extends Scene {
  readonly ticket: Held;
  readonly device: TestDevice;
  /** Scans of `device` one after the other, each of the ticket as it is now. */
  readonly scan: (action: ScanOptions['action'], options?: ScanOptions) => TestScan;
  /** The same, and each must be accepted. */
  readonly pass: (...actions: readonly NonNullable<ScanOptions['action']>[]) => TestScan;
}

/** Doors are open, one device is registered, one ticket is sold. */
export function atTheDoor(): DoorScene {
  const scene = afterSale();
  const { ledger, event } = scene;
  const device = aDevice(event);
  ledger.accept(device.command, { caller: 'VenueMSP' });
  ledger.accept(anAdvance(event), { now: DOORS });
  let last: TestScan | undefined;
  const scan: DoorScene['scan'] = (action = 'admit', options = {}) =>
    aScan(asNow(ledger, scene.ticket), device, { action, ...(last && { after: last }), ...options });
  const pass: DoorScene['pass'] = (...actions) => {
    for (const action of actions) {
      const next = scan(action);
      ledger.accept(next.command, AT_THE_DOOR);
      last = next;
    }
    return last!;
  };
  return { ...scene, device, scan, pass };
}

/** The ticket in its present issue and change. */
export function asNow(ledger: TestLedger, ticket: Held, holder = ticket.holder): Held {
  const { issue, change } = ticketOf(ledger, ticket)!;
  return { ...ticket, holder, issue, change };
}

export function ticketOf(
  ledger: TestLedger,
  { event, ticket }: Pick<Held, 'event' | 'ticket'>,
): TicketRecord | undefined {
  return ledger.read(ticketKey(event, parseTicketId(ticket).place));
}

export function gateOf(ledger: TestLedger, { event }: TestEvent, gate: Gate): GateState | undefined {
  return ledger.read(gateKey(event, gate))?.state;
}

/** @returns what the refusal says besides the field */
export function expectRefusal(outcome: Outcome, code: RefusalCode, field?: string): Readonly<Record<string, unknown>> {
  expect(outcome).to.deep.include({ accepted: false, code });
  const { details } = outcome as Extract<Outcome, { accepted: false }>;
  if (field !== undefined) expect(details).to.include({ field });
  return details;
}

export function expectAccepted(outcome: Outcome): Receipt {
  expect(outcome).to.deep.include({ accepted: true });
  return (outcome as Extract<Outcome, { accepted: true }>).receipt;
}

/** For what refuses as a whole and throws. */
export function expectThrows(act: () => unknown, code: RefusalCode, field?: string): void {
  expect(act).to.throw(Refusal).that.deep.includes({ code });
  if (field !== undefined) expect(act).to.throw(Refusal).with.nested.property('details.field', field);
}

/** A statement with one byte of its signature changed. */
export function forged(compact: string): string {
  const [header = '', payload = '', signature = ''] = compact.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[40]! ^= 1;
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}

/** The same statement with the signature's other form: (r, n - s) is as valid as (r, s), and anybody can make the one of the other. */
export function withOtherS(compact: string): string {
  const [header = '', payload = '', signature = ''] = compact.split('.');
  const { r, s } = p256.Signature.fromBytes(Buffer.from(signature, 'base64url'), 'compact');
  const other = new p256.Signature(r, p256.Point.Fn.neg(s)).toBytes('compact');
  return `${header}.${payload}.${Buffer.from(other).toString('base64url')}`;
}

/** A compact JWS of bytes that no JSON encoder would write. */
export function signText(header: string | Buffer, payload: string | Buffer, key: TestKey): string {
  const input = [header, payload].map((part) => Buffer.from(part).toString('base64url')).join('.');
  const signature = sign('sha256', Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** One command judged on a ledger in which some records are different: for states that no command brings about yet. */
export function judgeWith(
  ledger: TestLedger,
  command: Command,
  changes: Readonly<Record<string, unknown>>,
  options?: SubmitOptions,
): Outcome {
  const context = aContext('tx-judged', options);
  const candidates = prepareBatch([command], context.caller.mspId);
  const records = new Map([...ledger.records(), ...Object.entries(changes)]);
  const loaded = new Map(keysOf(candidates).map((key) => [key, records.get(key)]));
  return judgeBatch(candidates, loaded, context).outcomes[0]!;
}
