/** Who signed, and whether they still may: each statement with a key that has no right, no right any more, or no right yet. */
import { expect } from 'chai';
import {
  aKeyRegistration,
  anAllotment,
  anEvent,
  anEventChange,
  aSale,
  aTransfer,
  aVoid,
  CONSORTIUM,
  newId,
  newKey,
  NOW,
  type Command,
} from '../../../support/statements.js';
import {
  afterSale,
  expectAccepted,
  expectRefusal,
  forged,
  onSale,
  RIVALS,
  type Scene,
  withOtherS,
} from '../../../support/world.js';

const EXP = Date.parse(NOW) / 1000;
const reseller = CONSORTIUM.keys.ResellerMSP!;
const organizer = CONSORTIUM.keys.OrganizerMSP!;
const withForged = (command: Command, member: string) => ({ ...command, [member]: forged(String(command[member])) });

describe('signature of a sale', () => {
  const strangers: readonly (readonly [string, Parameters<typeof aSale>[1]])[] = [
    ['an unregistered key', { by: newKey('unregistered') }],
    ['another seller’s key', { by: RIVALS.keys.OtherResellerMSP!.seller }],
    ['the seller’s own key for events', { by: reseller.event }],
    ['the organizer', { by: organizer.seller }],
  ];
  for (const [whose, options] of strangers) {
    it(`rejects ${whose}`, () => {
      const { ledger, floor } = onSale();
      expectRefusal(ledger.submit(aSale(floor, options).command), 'UNKNOWN_KEY', 'sale.header.kid');
    });
  }

  it('rejects the event’s key', () => {
    const { ledger, event, floor } = onSale();
    expectRefusal(ledger.submit(aSale(floor, { by: event.eventKey }).command), 'UNKNOWN_KEY', 'sale.header.kid');
  });

  it('rejects the buyer’s key', () => {
    const { ledger, floor } = onSale();
    const buyer = newKey();
    expectRefusal(ledger.submit(aSale(floor, { buyer, by: buyer }).command), 'UNKNOWN_KEY', 'sale.header.kid');
  });

  it('rejects a forged request and a forged sale', () => {
    const { ledger, floor } = onSale();
    const { command } = aSale(floor);
    expectRefusal(ledger.submit(withForged(command, 'request')), 'SIGNATURE_INVALID', 'request');
    expectRefusal(ledger.submit(withForged(command, 'sale')), 'SIGNATURE_INVALID', 'sale');
  });

  it('rejects the signature of another sale by the same seller', () => {
    const { ledger, floor } = onSale();
    const [mine, other] = [aSale(floor).command, aSale(floor).command];
    const signature = String(other.sale).split('.')[2];
    const sale = String(mine.sale).replace(/[^.]+$/, signature!);
    expectRefusal(ledger.submit({ ...mine, sale }), 'SIGNATURE_INVALID', 'sale');
  });

  it('is as good in its other form, which is no second sale', () => {
    const { ledger, floor } = onSale();
    const { kind, request, sale } = aSale(floor).command;
    const other = { kind, request: withOtherS(String(request)), sale: withOtherS(String(sale)) };
    const receipt = expectAccepted(ledger.submit(other));
    expect(ledger.submit({ kind, request, sale })).to.deep.equal({ accepted: true, receipt, replayed: true });
  });

  it('rejects request and sale in each other’s place', () => {
    const { ledger, floor } = onSale();
    const { request, sale } = aSale(floor).command;
    const swapped = { kind: 'ticket.sell', request: sale, sale: request };
    expectRefusal(ledger.submit(swapped), 'INVALID_FIELD', 'request.header.typ');
  });
});

describe('withdrawn rights of a seller', () => {
  it('rejects a revoked key from the next command on', () => {
    const { ledger, floor } = onSale();
    const revoke = { kind: 'keys.revoke', id: newId(), kid: reseller.seller.kid };
    const [before, revoked, after] = ledger.submit(
      [aSale(floor).command, revoke, aSale(floor, { seats: ['floor:A:2'] }).command],
      { caller: 'ResellerMSP' },
    );
    expectAccepted(before!);
    expectAccepted(revoked!);
    expect(expectRefusal(after!, 'KEY_NOT_VALID', 'sale.header.kid')).to.include({ revoked: true });
  });

  const validity: readonly (readonly [string, Record<string, unknown>, boolean])[] = [
    ['takes a key from notBefore on', { notBefore: NOW }, true],
    ['rejects a key before notBefore', { notBefore: '2027-03-01T12:00:01Z' }, false],
    ['rejects a key from notAfter on', { notAfter: NOW }, false],
    ['takes a key until notAfter', { notAfter: '2027-03-01T12:00:01Z' }, true],
  ];
  for (const [fact, window, valid] of validity) {
    it(fact, () => {
      const { ledger, floor } = onSale();
      const key = newKey();
      ledger.accept(aKeyRegistration(key, 'seller', window), { caller: 'ResellerMSP' });
      const outcome = ledger.submit(aSale(floor, { by: key }).command);
      if (valid) expectAccepted(outcome);
      else expectRefusal(outcome, 'KEY_NOT_VALID', 'sale.header.kid');
    });
  }
});

describe('signature of the event key', () => {
  const signedBy = (scene: Scene, key = newKey()): Readonly<Record<string, Command>> => ({
    'an allotment': anAllotment(scene.event, { allotment: 'other', pool: { section: 'lawn', from: 1, to: 2 } }, key)
      .command,
    'a change': anEventChange(scene.event, {}, key),
    'a void': aVoid(
      { event: scene.event.event, ticket: `${scene.event.event}:floor:A:1`, holder: key },
      { ...scene.event, eventKey: key },
    ),
  });

  for (const what of ['an allotment', 'a change', 'a void']) {
    it(`rejects ${what} by any other key`, () => {
      const scene = afterSale();
      const others = [
        newKey(),
        organizer.event,
        anEvent({ event: 'OrganizerMSP:matinee' }).eventKey,
        scene.ticket.holder,
      ];
      for (const key of others) {
        expectRefusal(scene.ledger.submit(signedBy(scene, key)[what]!), 'UNKNOWN_KEY', 'statement.header.kid');
      }
    });

    it(`rejects ${what} that is forged`, () => {
      const scene = afterSale();
      const command = withForged(signedBy(scene, scene.event.eventKey)[what]!, 'statement');
      expectRefusal(scene.ledger.submit(command), 'SIGNATURE_INVALID', 'statement');
    });
  }
});

describe('channel and expiry', () => {
  const other = { channel: 'guichet-test' };
  const expired = { exp: EXP };

  it('rejects every statement of a sale that is for another channel', () => {
    const { ledger, floor } = onSale();
    expectRefusal(ledger.submit(aSale(floor, { request: other }).command), 'WRONG_CHANNEL', 'request.channel');
    expectRefusal(ledger.submit(aSale(floor, { sale: other }).command), 'WRONG_CHANNEL', 'sale.channel');
  });

  it('rejects every statement of a sale in the second it expires, and takes it the second before', () => {
    const { ledger, floor } = onSale();
    expectRefusal(ledger.submit(aSale(floor, { request: expired }).command), 'STATEMENT_EXPIRED', 'request.exp');
    expectRefusal(ledger.submit(aSale(floor, { sale: expired }).command), 'STATEMENT_EXPIRED', 'sale.exp');
    expectAccepted(ledger.submit(aSale(floor, { request: { exp: EXP + 1 }, sale: { exp: EXP + 1 } }).command));
  });

  it('rejects any other statement for another channel or expired', () => {
    const scene = afterSale();
    const { ledger, event, ticket } = scene;
    for (const [claims, code, member] of [
      [other, 'WRONG_CHANNEL', 'channel'],
      [expired, 'STATEMENT_EXPIRED', 'exp'],
    ] as const) {
      expectRefusal(
        ledger.submit(anEvent({ event: 'OrganizerMSP:x', ...claims }).command),
        code,
        `statement.${member}`,
      );
      expectRefusal(ledger.submit(anEventChange(event, claims)), code, `statement.${member}`);
      expectRefusal(ledger.submit(anAllotment(event, claims).command), code, `statement.${member}`);
      expectRefusal(ledger.submit(aVoid(ticket, event, claims)), code, `statement.${member}`);
      expectRefusal(ledger.submit(aTransfer(ticket, newKey(), claims)), code, `transfer.${member}`);
    }
  });

  it('answers a replay after the statement has expired', () => {
    const { ledger, floor } = onSale();
    const { command } = aSale(floor, { request: { exp: EXP + 1 } });
    const receipt = expectAccepted(ledger.submit(command));
    expect(ledger.submit(command, { now: '2027-03-01T13:00:00Z' })).to.deep.include({ receipt, replayed: true });
  });
});
