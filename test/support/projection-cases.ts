/** What must hold of the projection on whatever database: the suites call this with PGlite and with a PostgreSQL server. */
import { expect } from 'chai';
import { ticketKey } from '../../chaincode/domain/keys.js';
import type { Database } from '../../gateway/projection/open-tables.js';
import { AnotherLedger } from '../../gateway/projection/projector.js';
import { availabilityOf } from '../../gateway/projection/queries/availability.js';
import { findVersions } from '../../gateway/projection/queries/places.js';
import { findEvents, type EventsQuery } from '../../gateway/projection/queries/events.js';
import { LinkedChain } from './linked-chain.js';
import { aProjector, copyOf, Crash, crashingAt, differenceOf, record } from './read-model.js';
import { aSale, aTransfer, held, newKey } from './statements.js';
import type { TestLedger } from './test-ledger.js';
import { asNow, onSale, type Scene } from './world.js';

interface Told extends Scene {
  readonly chain: LinkedChain;
}

/** Two sales and a transfer, each in a block of its own, after one with everything before. */
function threeBlocks(): Told {
  const scene = onSale();
  const chain = LinkedChain.of(scene.ledger);
  const [first, second] = [['floor:A:1', 'floor:A:2'], ['floor:B:50']].map((seats) => aSale(scene.floor, { seats }));
  record(chain, scene.ledger, first!.command, { caller: 'ResellerMSP' });
  record(chain, scene.ledger, second!.command, { caller: 'ResellerMSP' });
  const ticket = asNow(scene.ledger, held(second!));
  record(chain, scene.ledger, aTransfer(ticket, newKey('somebody else')), { caller: 'ResellerMSP' });
  expect(chain.blocks).to.have.length(4);
  return { ...scene, chain };
}

const EVERY: EventsQuery = {
  ...{ words: undefined, from: undefined, to: undefined, venue: undefined, organizer: undefined, currency: undefined },
  ...{ priceClass: undefined, state: undefined, onSale: undefined, after: undefined, limit: 10 },
};

export function projectionCases(database: () => Database): void {
  let told: Told;
  let ledger: TestLedger;
  let chain: LinkedChain;
  beforeEach(async () => {
    told = threeBlocks();
    ({ ledger, chain } = told);
    await aProjector(database()).clear();
  });
  const projected = () => aProjector(database()).apply(chain.blocks);
  const rows = async (table: string) => (await copyOf(database()))[table]!;

  it('has a row for each record, as the world state says', async () => {
    await projected();
    expect(await differenceOf(database(), chain, ledger)).to.be.undefined;
    expect(await rows('tickets')).to.have.length(3);
    expect(await rows('organizations')).to.have.length(7);
  });

  it('has every version of a ticket with its place on the ledger', async () => {
    await projected();
    const versions = await findVersions(database(), {
      event: told.event.event,
      after: undefined,
      place: undefined,
      limit: 10,
    });
    expect(versions.map(({ place, block, change }) => [place, block, change])).to.deep.equal([
      ['floor:A:1', 1, 0],
      ['floor:A:2', 1, 0],
      ['floor:B:50', 2, 0],
      ['floor:B:50', 3, 1],
    ]);
    const ofPlace = { event: told.event.event, after: undefined, place: 'floor:B:50', limit: 10 };
    expect((await findVersions(database(), ofPlace)).map(({ block }) => block)).to.deep.equal([2, 3]);
  });

  it('sums money by account, to zero', async () => {
    await projected();
    const accounts = (await rows('accounts')) as { account: string; balance_minor: string }[];
    expect(accounts.map(({ account, balance_minor }) => [account, balance_minor])).to.deep.equal([
      ['OrganizerMSP', '6000'],
      ['ResellerMSP', '-6000'],
    ]);
  });

  it('is the same block by block, all at once, and when blocks come again', async () => {
    const projector = aProjector(database());
    await projector.checkpoint();
    for (const block of chain.blocks) await projector.apply([block]);
    const slowly = await copyOf(database());
    await projector.apply(chain.blocks);
    await projector.apply(chain.blocks.slice(2));
    expect(await copyOf(database())).to.deep.equal(slowly);
    await projector.clear();
    expect(await projector.apply(chain.blocks)).to.deep.equal({ next: 4, hash: chain.blocks[3]!.hash });
    expect(await copyOf(database())).to.deep.equal(slowly);
  });

  it('is as it was before when a statement fails, whichever it is', async () => {
    await aProjector(database()).apply(chain.blocks.slice(0, 2));
    const before = await copyOf(database());
    let statement = 1;
    for (; statement < 50; statement += 1) {
      const broken = aProjector(crashingAt(database(), statement)).apply(chain.blocks);
      const failure = await broken.then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failure === undefined) break;
      expect(failure).to.be.instanceOf(Crash);
      expect(await copyOf(database()), `statement ${statement}`).to.deep.equal(before);
    }
    expect(statement).to.be.within(6, 49);
    expect(await differenceOf(database(), chain, ledger)).to.be.undefined;
  });

  it('takes no block out of its order', async () => {
    const failure = await aProjector(database())
      .apply(chain.blocks.slice(1))
      .then(() => undefined, String);
    expect(failure).to.include('block 1 came in place of 0');
    expect(await rows('tickets')).to.be.empty;
  });

  it('takes no block of another ledger', async () => {
    await aProjector(database()).apply(chain.blocks.slice(0, 2));
    const other = new LinkedChain('bb');
    for (const { transactions } of chain.blocks) other.add(transactions);
    const refused = async (act: Promise<unknown>) =>
      expect(
        await act.then(
          () => undefined,
          (error: unknown) => error,
        ),
      ).to.be.instanceOf(AnotherLedger);
    await refused(aProjector(database()).apply(other.blocks));
    await refused(aProjector(database(), { channel: 'another' }).checkpoint());
    expect((await aProjector(database()).checkpoint()).next).to.equal(2);
  });

  it('takes blocks once where two projectors share it', async () => {
    const both = [aProjector(database()), aProjector(database())];
    await Promise.all(both.map((projector) => projector.apply(chain.blocks)));
    expect(await differenceOf(database(), chain, ledger)).to.be.undefined;
  });

  it('goes on after records that the rules would not write, and tells of them', async () => {
    const { event } = told.event;
    const good = ledger.read(ticketKey(event, 'floor:A:1'))!;
    const bad: Readonly<Record<string, unknown>> = {
      [ticketKey(event, 'floor:A:2')]: { ...good, holder: 'half of a pair: \ud800' },
      [ticketKey(event, 'floor:A:3')]: { ...good, issue: 'first' },
      [`${event}/h/somebody`]: { held: 2 ** 60, boughtPrimary: 0 },
      [`${event}/a/vast`]: {
        ...ledger.read<object>(`${event}/a/floor`),
        allotment: 'vast',
        pool: { section: 'x', from: 1, to: 2 ** 50 },
      },
      [`${event}/m/another-transaction`]: [['a', ['ResellerMSP', 1, 'face']]],
    };
    chain.add([
      {
        tx: 'forged',
        writes: Object.entries(bad).map(([key, value]) => ({ key, value: Buffer.from(JSON.stringify(value)) })),
      },
    ]);
    const alarms: unknown[] = [];
    const projector = aProjector(database(), { report: (level, _, { keys }) => alarms.push([level, keys]) });
    expect((await projector.apply(chain.blocks)).next).to.equal(5);
    expect(alarms).to.deep.equal([['alarm', Object.keys(bad)]]);
    // What the ledger calls a ticket now is none: there is no row, and the place is free.
    expect(await rows('tickets')).to.have.length(2);
    const availability = await availabilityOf(database(), {
      event,
      priceClass: undefined,
      seller: undefined,
      allotment: undefined,
      places: false,
    });
    expect(availability!.allotments[0]!.places - availability!.allotments[0]!.free).to.equal(2);
  });

  it('finds events by words, without case and accents, by their organizer and their venue', async () => {
    const scene = onSale({ name: 'Le Théâtre d’Été' });
    chain = LinkedChain.of(scene.ledger);
    await projected();
    const found = async (words: string) => (await findEvents(database(), { ...EVERY, words })).length;
    for (const words of ['theatre', 'THÉÂ ete', 'été', 'organizer', 'theatre venue'])
      expect(await found(words), words).to.equal(1);
    for (const words of ['heatre', 'theatre opera', '&|!:*', "'"]) expect(await found(words), words).to.equal(0);
  });

  it('follows an organization that changes its name', async () => {
    await projected();
    const organization = ledger.read<object>('consortium/o/VenueMSP')!;
    chain.write([{ key: 'consortium/o/VenueMSP', record: { ...organization, name: 'Palais Garnier' } }]);
    await projected();
    const [event] = await findEvents(database(), { ...EVERY, words: 'garnier' });
    expect(event).to.include({ event: told.event.event, venue_name: 'Palais Garnier' });
    expect(await findEvents(database(), { ...EVERY, words: 'organizer palais' })).to.have.length(1);
  });
}
