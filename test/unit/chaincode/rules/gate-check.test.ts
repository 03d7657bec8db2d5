/** What the policy asks the door to look at besides the code. */
import { expect } from 'chai';
import { sha256 } from '../../../../chaincode/crypto/jwk.js';
import type { Policy } from '../../../../chaincode/domain/policy/policy.js';
import { onMarket } from '../../../support/market.js';
import { aPolicyChange } from '../../../support/settlements.js';
import {
  aDevice,
  anAdvance,
  aSale,
  aScan,
  DOORS,
  held,
  type Held,
  type TestScan,
  newId,
} from '../../../support/statements.js';
import { asNow, AT_THE_DOOR, expectAccepted, expectRefusal } from '../../../support/world.js';

const FIELD = 'policy.gateCheck';
const DOCUMENT = { check: 'document' } as const;

function atDoor(gateCheck: Policy['gateCheck']) {
  const scene = onMarket({ policy: { gateCheck } });
  const device = aDevice(scene.event);
  scene.ledger.accept(device.command, { caller: 'VenueMSP' });
  const open = () => scene.ledger.accept(anAdvance(scene.event), { now: DOORS });
  const scan = (ticket: Held, options: Parameters<typeof aScan>[2] = {}) =>
    aScan(asNow(scene.ledger, ticket), device, options);
  const submit = ({ command }: TestScan) => scene.ledger.submit(command, AT_THE_DOOR);
  return { ...scene, open, scan, submit };
}

describe('check at the door', () => {
  it('is of a document where the policy says so', () => {
    const { ticket, open, scan, submit } = atDoor('document');
    open();
    const details = expectRefusal(submit(scan(ticket)), 'GATE_CHECK_REQUIRED', FIELD);
    expect(details).to.include({ gateCheck: 'document', policyVersion: 1 });
    expectAccepted(submit(scan(ticket, { overrides: DOCUMENT })));
  });

  it('is of the code alone where the policy says so, and a document does no harm', () => {
    const { ticket, open, scan, submit } = atDoor('code');
    open();
    expectAccepted(submit(scan(ticket, { overrides: DOCUMENT })));
  });

  // Regression: whoever was let out could lend his ticket, for coming back was not checked.
  it('is for coming back too, and not for leaving', () => {
    const { ticket, open, scan, submit } = atDoor('document');
    open();
    let after = scan(ticket, { overrides: DOCUMENT });
    expectAccepted(submit(after));
    after = scan(ticket, { action: 'exit', after });
    expectAccepted(submit(after));
    const unchecked = scan(ticket, { action: 'reenter', after });
    expectRefusal(submit(unchecked), 'GATE_CHECK_REQUIRED', FIELD);
    expectAccepted(submit(scan(ticket, { action: 'reenter', after, overrides: DOCUMENT })));
  });

  it('samples those whom the scan before has drawn, and lets the others pass', () => {
    const { ledger, floor, open, scan, submit } = atDoor('sample');
    const seats = Array.from({ length: 40 }, (_, index) => `floor:B:${index + 1}`);
    const tickets = [seats.slice(0, 20), seats.slice(20)].flatMap((part) => {
      const sale = aSale(floor, { seats: part });
      ledger.accept(sale.command);
      return part.map((_, index) => held(sale, index));
    });
    open();
    let last: TestScan | undefined;
    const drawn = tickets.map((ticket) => {
      const [previous, options] = [last?.digest ?? '', last ? { after: last } : {}];
      const jti = newId();
      const isDrawn = Buffer.from(sha256(`${previous}.${jti}`), 'base64url').readUInt16BE(0) % 10 === 0;
      const plain = scan(ticket, { ...options, overrides: { jti } });
      last = isDrawn ? scan(ticket, { ...options, overrides: { jti, ...DOCUMENT } }) : plain;
      if (isDrawn) expectRefusal(submit(plain), 'GATE_CHECK_REQUIRED', FIELD);
      expectAccepted(submit(last));
      return isDrawn;
    });
    expect(drawn).to.include(true).and.include(false);
  });

  it('may become less', () => {
    const { ledger, event, ticket, open, scan, submit } = atDoor('document');
    open();
    ledger.accept(aPolicyChange(event, { gateCheck: 'code' }), { now: DOORS });
    expectAccepted(submit(scan(ticket)));
  });
});
