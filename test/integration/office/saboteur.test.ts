/** A saboteur under load: through another organization he keeps writing what his orders here read. Nobody else is refused for it, and no seat is sold twice. */
import { expect } from 'chai';
import { ticketKey } from '../../../chaincode/domain/keys.js';
import type { TicketRecord } from '../../../chaincode/domain/records.js';
import { codeOf } from '../../support/code-of.js';
import { liveScene } from '../../support/live-scene.js';
import { EVERYBODY, ORGANIZER, realNetwork, VENUE, type RealNetwork } from '../../support/real-network.js';
import { send } from '../../support/rest.js';
import { Saboteur } from '../../support/saboteur.js';
import { aSale, held, newKey } from '../../support/statements.js';
import { until } from '../../support/until.js';

/** Of sales, all of one at once. */
const WAVES = 5;

describe('a saboteur under load', () => {
  let network: RealNetwork;

  before(async () => {
    network = await realNetwork();
  });

  it('spoils no sale but his own', async () => {
    const { organizer, reseller } = network;
    const { event, floor } = liveScene({
      policy: { perPersonLimit: { primary: 100, resale: 100 }, transfer: 'allowed' },
    });
    await organizer.ledger.accept([event.command, floor.command], EVERYBODY);
    const [one, other] = [newKey('saboteur one'), newKey('saboteur two')];
    const prize = aSale(floor, { seats: ['floor:C:50'], buyer: one });
    await reseller.ledger.accept([prize.command], EVERYBODY);
    const before = (await organizer.ledger.blocks.info()).height;
    const saboteur = new Saboteur(organizer.ledger, [ORGANIZER, VENUE], held(prize), other);
    const innocent = ['A', 'B'].flatMap((row) =>
      Array.from({ length: 50 }, (_, index) => aSale(floor, { seats: [`floor:${row}:${index + 1}`] })),
    );
    const spoiling = Array.from({ length: 20 }, (_, index) =>
      aSale(floor, { seats: [`floor:C:${index + 1}`], buyer: index % 2 === 0 ? one : other }),
    );
    const codes: string[] = [];
    const own: string[] = [];
    const code = ({ command }: (typeof innocent)[number]) => codeOf(send(reseller, command));
    for (let wave = 0; wave < WAVES; wave += 1) {
      const { passed } = saboteur;
      const of = (sales: typeof innocent) => sales.filter((_, index) => index % WAVES === wave).map(code);
      const [told, spoilt] = await Promise.all([Promise.all(of(innocent)), Promise.all(of(spoiling))]);
      codes.push(...told);
      own.push(...spoilt);
      // He is at it all the time, however fast sales are.
      await until(() => saboteur.passed > passed);
    }
    await saboteur.stop();
    expect(new Set(codes)).to.deep.equal(new Set(['accepted']));
    for (const code of own) expect(code).to.be.oneOf(['accepted', 'LEDGER_CONFLICT']);
    expect(saboteur.passed).to.be.at.least(WAVES);
    expect(await conflictsSince(before)).to.be.above(0);
    const keys = innocent.map(({ payload }) => ticketKey(event.event, payload.seats[0]!));
    const tickets = await reseller.ledger.records.readAll<TicketRecord>(keys);
    expect(tickets.map((ticket) => ticket?.holder)).to.deep.equal(innocent.map(({ buyer }) => buyer.kid));
  });

  async function conflictsSince(from: number): Promise<number> {
    const { blocks } = network.organizer.ledger;
    const { height } = await blocks.info();
    let conflicts = 0;
    for (let number = from; number < height; number += 1) {
      const block = await blocks.block(number);
      const spoilt = block?.transactions.filter(({ validationCode }) => validationCode === 'MVCC_READ_CONFLICT') ?? [];
      conflicts += spoilt.length;
    }
    return conflicts;
  }
});
