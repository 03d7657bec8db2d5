/** Scenes for the interface's tests: an event with an allotment, made through the interface; and what fans and doors sign. */
import { digestOf } from '../../../../chaincode/crypto/jws.js';
import { typOf, type Payload } from '../../../../chaincode/domain/statements.js';
import type { NewAllotment, NewEvent } from '../../../../gateway/client/guichet-client.js';
import {
  CHANNEL,
  holderIdOf,
  newId,
  newKey,
  SCHEDULE,
  signStatement,
  type TestKey,
} from '../../../support/statements.js';
import type { TestGateway } from './a-gateway.js';

export const EVENT = 'OrganizerMSP:opening-night';
const EXP = Date.parse('2028-01-01T00:00:00Z') / 1000;

export const newEvent = (overrides: Partial<NewEvent> = {}): NewEvent => ({
  event: EVENT,
  name: 'Opening night',
  venue: 'VenueMSP',
  currency: 'EUR',
  schedule: SCHEDULE,
  policy: { perPersonLimit: { primary: 6, resale: 6 }, transfer: 'allowed', returnDeadlineSeconds: 3_600 },
  ...overrides,
});

/** Rows A and B of section `floor`, seats 1 to 10, at 20.00 and a fee of 2.00, sold by OrganizerMSP. */
export const newAllotment = (overrides: Partial<NewAllotment> = {}): NewAllotment => ({
  allotment: 'floor-a',
  seller: 'OrganizerMSP',
  priceClass: 'standard',
  facePriceMinor: 2000,
  fees: [{ kind: 'service', payee: 'OrganizerMSP', amountMinor: 200 }],
  ...(overrides.pool
    ? {}
    : {
        seats: {
          section: 'floor',
          rows: [
            ['A', 1, 10],
            ['B', 1, 10],
          ],
        },
      }),
  ...overrides,
});

export async function anOpenEvent({ operator }: TestGateway, overrides: Partial<NewEvent> = {}): Promise<void> {
  await operator.createEvent(newEvent(overrides));
  await operator.createAllotment(EVENT, newAllotment());
}

export interface Fan {
  readonly key: TestKey;
  /** A purchase request, two places of the class unless told otherwise. */
  request(overrides?: Partial<Payload<'purchase'>>): string;
}

export function aFan(key = newKey()): Fan {
  return {
    key,
    request(overrides = {}) {
      const paymentReference = newId();
      const wanted = overrides.seats ? {} : { priceClass: 'standard', quantity: 2 };
      const payload = {
        channel: CHANNEL,
        event: EVENT,
        jti: newId(),
        exp: EXP,
        seller: 'OrganizerMSP',
        ...wanted,
        currency: 'EUR',
        maxTotalMinor: 100_000,
        paymentReference,
        ...overrides,
      };
      return signStatement('purchase', payload, key);
    },
  };
}

export interface Version {
  readonly ticket: string;
  readonly issue?: number;
  readonly change?: number;
}

const about = ({ ticket, issue = 1, change = 0 }: Version, event = EVENT) => ({
  channel: CHANNEL,
  event,
  jti: newId(),
  exp: EXP,
  ticket,
  issue,
  change,
});
const digest = (name: Parameters<typeof typOf>[0], jws: string) => digestOf(typOf(name), jws.split('.')[1] ?? '');

export function signTransfer(
  version: Version,
  from: Fan,
  to: Fan,
  event = EVENT,
): { transfer: string; acceptance: string } {
  const transfer = signStatement('transfer', { ...about(version, event), to: holderIdOf(to.key) }, from.key);
  const claims = { channel: CHANNEL, event, jti: newId(), exp: EXP };
  return {
    transfer,
    acceptance: signStatement('transfer-acceptance', { ...claims, transfer: digest('transfer', transfer) }, to.key),
  };
}

export const signReturn = (version: Version, by: Fan): string =>
  signStatement('return', { ...about(version), allotment: 'floor-a', seller: 'OrganizerMSP' }, by.key);

export function signScan(version: Version, device: TestKey, by: Fan): { scan: string; presentation: string } {
  const presentation = signStatement('presentation', about(version), by.key);
  const payload = {
    ...about(version),
    device: 'north-gate-1',
    number: 1,
    previous: '',
    action: 'admit' as const,
    scannedAt: '2027-05-01T18:30:00Z',
    presentation: digest('presentation', presentation),
  };
  return { scan: signStatement('scan', payload, device), presentation };
}
