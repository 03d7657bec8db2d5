/** A projector that is killed (SIGKILL) thirty times at random moments leaves the same tables as one that is left alone, on either database. */
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ticketKey } from '../../../chaincode/domain/keys.js';
import type { Place } from '../../../gateway/database/database.js';
import { openTables } from '../../../gateway/projection/open-tables.js';
import { seededRandom } from '../../simulation/random.js';
import { LinkedChain } from '../../support/linked-chain.js';
import { startPostgres, type PostgresServer } from '../../support/postgres.js';
import { writeBlocks } from '../../support/projecting-process.js';
import { aProjector, copyOf, record } from '../../support/read-model.js';
import { aListing, aResale } from '../../support/resales.js';
import { aSale, held } from '../../support/statements.js';
import { onSale } from '../../support/world.js';

const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const KILLS = 30;
const SALES = 60;
/** Of tickets that go in and out at the doors, so that there is always something left to do. */
const SCANS = 1_500;
/** A process is killed when it has told so often how far it is, and so many milliseconds after that. */
const MAX_STEPS = 20;
const MAX_MORE_MS = 15;
const PROCESS = fileURLToPath(new URL('../../support/projecting-process.js', import.meta.url));

describe(`projector that is killed (SEED=${SEED})`, () => {
  let directory: string;
  let blocks: string;
  let chain: LinkedChain;
  let server: PostgresServer | undefined;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'guichet-crashes-'));
    blocks = join(directory, 'blocks.json');
    chain = busyChain();
    writeBlocks(blocks, chain.blocks);
    server = await startPostgres();
  });
  after(async () => {
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** @returns how far it said that it was, before it ended or was killed */
  function run(place: Place, life?: { readonly steps: number; readonly moreMs: number }): Promise<readonly number[]> {
    const child = fork(PROCESS, [JSON.stringify(place), blocks]);
    const heights: number[] = [];
    return new Promise((resolve, reject) => {
      child.on('message', (height: number) => {
        heights.push(height);
        if (heights.length === life?.steps) setTimeout(() => child.kill('SIGKILL'), life.moreMs);
      });
      // What it said last may come after its exit.
      child.once('close', (code, signal) => {
        if (code === 0 || signal === 'SIGKILL') resolve(heights);
        else reject(new Error(`the process ended with ${code}`));
      });
    });
  }

  for (const [name, placeOf] of [
    ['PGlite', () => ({ directory: join(directory, 'tables') })],
    ['PostgreSQL', () => ({ url: server!.url })],
  ] as const) {
    it(`is the same as one that is left alone, on ${name}`, async () => {
      const random = seededRandom(SEED);
      const place = placeOf();
      let height = 0;
      for (let kill = 1; kill <= KILLS; kill += 1) {
        const [first, ...rest] = await run(place, {
          steps: 1 + random.below(MAX_STEPS),
          moreMs: random.below(MAX_MORE_MS),
        });
        // What it had said was in is in.
        expect(first).to.be.at.least(height);
        height = rest.at(-1) ?? first!;
        expect(height, 'there was nothing left to interrupt').to.be.below(chain.blocks.length);
      }
      expect(height).to.be.at.least(KILLS);
      expect((await run(place)).at(-1)).to.equal(chain.blocks.length);
      const [kept, made] = [
        await openTables(place, () => undefined),
        await openTables({ memory: true }, () => undefined),
      ];
      await aProjector(made).checkpoint();
      await aProjector(made).apply(chain.blocks);
      const [was, is] = [await copyOf(kept), await copyOf(made)];
      await kept.destroy();
      await made.destroy();
      expect(was).to.deep.equal(is);
      expect([is.tickets!.length, is.resales!.length]).to.deep.equal([SALES, SALES / 4]);
    });
  }
});

/** Sales and resales, then tickets that go in and out again and again; a block for each. */
function busyChain(): LinkedChain {
  const scene = onSale({}, { pool: { section: 'standing', from: 1, to: 5_000 }, seats: undefined });
  const { ledger, floor } = scene;
  const { event } = scene.event;
  const chain = LinkedChain.of(ledger);
  const seller = { caller: 'ResellerMSP' } as const;
  for (let sale = 1; sale <= SALES; sale += 1) {
    const sold = aSale(floor, { seats: [`standing:${sale * 7}`] });
    expect(record(chain, ledger, sold.command, seller)).to.include({ accepted: true });
    if (sale % 4 > 0) continue;
    const listing = aListing(held(sold), floor);
    for (const command of [listing.command, aResale(listing).command])
      expect(record(chain, ledger, command, seller)).to.include({ accepted: true });
  }
  for (let scan = 0; scan < SCANS; scan += 1) {
    const key = ticketKey(event, `standing:${((scan % SALES) + 1) * 7}`);
    const ticket = ledger.read(key)!;
    const state = ticket.state === 'admitted' ? 'exited' : 'admitted';
    const after = { ...ticket, state, change: ticket.change + 1 } as const;
    ledger.put(key, after);
    chain.write([{ key, record: after }]);
  }
  return chain;
}
