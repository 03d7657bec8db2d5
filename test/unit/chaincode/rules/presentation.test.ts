import { aDevice, anAdvance, aScan, CHANNEL, held, newId, newKey, signStatement } from '../../../support/statements.js';
import {
  afterSale,
  AT_THE_DOOR,
  atTheDoor,
  expectAccepted,
  expectRefusal,
  forged,
  type DoorScene,
} from '../../../support/world.js';
import type { Payload } from '../../../../chaincode/domain/statements.js';
import { digestOf } from '../../../../chaincode/crypto/jws.js';

/** A presentation and an admission that names it. */
function presented({ ticket, device }: DoorScene, overrides: Partial<Payload<'presentation'>>, by = ticket.holder) {
  const claims = { channel: CHANNEL, event: ticket.event, jti: newId(), exp: 2 ** 40, ticket: ticket.ticket };
  const presentation = signStatement('presentation', { ...claims, issue: 1, change: 0, ...overrides }, by);
  const digest = digestOf('guichet-presentation+jwt', presentation.split('.')[1]!);
  const { command } = aScan(ticket, device, { overrides: { presentation: digest } });
  return { ...command, presentation };
}

describe('presentation', () => {
  const mismatches: readonly (readonly [string, Partial<Payload<'presentation'>>, string])[] = [
    ['another ticket', { ticket: 'OrganizerMSP:opening-night:floor:A:2' }, 'presentation.ticket'],
    ['another issue', { issue: 2 }, 'presentation.issue'],
    ['another change', { change: 1 }, 'presentation.change'],
  ];
  for (const [what, overrides, field] of mismatches) {
    it(`rejects ${what} than the scan’s`, () => {
      const scene = atTheDoor();
      expectRefusal(scene.ledger.submit(presented(scene, overrides), AT_THE_DOOR), 'PRESENTATION_MISMATCH', field);
    });
  }

  it('rejects a stranger’s and a forged one', () => {
    const scene = atTheDoor();
    const strange = presented(scene, {}, newKey());
    expectRefusal(scene.ledger.submit(strange, AT_THE_DOOR), 'NOT_THE_HOLDER', 'presentation.header.jwk');
    const command = presented(scene, {});
    const broken = { ...command, presentation: forged(command.presentation) };
    expectRefusal(scene.ledger.submit(broken, AT_THE_DOOR), 'SIGNATURE_INVALID', 'presentation');
    expectAccepted(scene.ledger.submit(command, AT_THE_DOOR));
  });

  it('rejects one that has expired, or is for another channel or event', () => {
    const scene = atTheDoor();
    const submit = (claims: object) => scene.ledger.submit(presented(scene, claims), AT_THE_DOOR);
    const exp = Date.parse(AT_THE_DOOR.now) / 1000;
    expectRefusal(submit({ exp }), 'STATEMENT_EXPIRED', 'presentation.exp');
    expectRefusal(submit({ channel: 'other' }), 'WRONG_CHANNEL', 'presentation.channel');
    expectRefusal(submit({ event: 'OrganizerMSP:matinee' }), 'WRONG_EVENT', 'presentation.event');
  });

  it('is asked for to come in, and for nothing else', () => {
    const scene = atTheDoor();
    const { ledger, scan, pass } = scene;
    const { presentation, ...without } = scan('admit').command;
    expectRefusal(
      ledger.submit(without as typeof without & { kind: string }, AT_THE_DOOR),
      'PRESENTATION_MISMATCH',
      'presentation',
    );
    pass('admit');
    for (const action of ['exit', 'undo'] as const) {
      const command = { ...scan(action).command, presentation };
      expectRefusal(ledger.submit(command, AT_THE_DOOR), 'PRESENTATION_MISMATCH', 'presentation');
      const naming = scan(action, { overrides: { presentation: 'A'.repeat(43) } }).command;
      expectRefusal(ledger.submit(naming, AT_THE_DOOR), 'PRESENTATION_MISMATCH', 'scan.presentation');
    }
  });

  it('rejects a scan that names no presentation or another', () => {
    const { ledger, scan } = atTheDoor();
    const naming = (presentation: string) =>
      ledger.submit(scan('admit', { overrides: { presentation } }).command, AT_THE_DOOR);
    expectRefusal(naming('A'.repeat(43)), 'PRESENTATION_MISMATCH', 'scan.presentation');
    expectRefusal(naming(undefined!), 'PRESENTATION_MISMATCH', 'scan.presentation');
  });

  it('of one ticket opens the door for no other of the same holder', () => {
    const { ledger, event, sale } = afterSale({ seats: ['floor:A:1', 'floor:A:2'] });
    const device = aDevice(event);
    ledger.accept([device.command, anAdvance(event)], AT_THE_DOOR);
    const [one, other] = [0, 1].map((index) => aScan(held(sale, index), device).command);
    const mixed = { ...one!, presentation: other!.presentation };
    expectRefusal(ledger.submit(mixed, AT_THE_DOOR), 'PRESENTATION_MISMATCH', 'scan.presentation');
  });
});
