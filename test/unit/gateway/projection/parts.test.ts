import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { systemClock } from '../../../../gateway/fabric/clock.js';
import { readArguments } from '../../../../gateway/projection/arguments.js';
import { batches } from '../../../../gateway/projection/batches.js';
import { Heights } from '../../../../gateway/projection/heights.js';
import { DatabaseInUse, holdAlone } from '../../../../gateway/database/hold-alone.js';
import { PlaceBits } from '../../../../gateway/projection/place-bits.js';
import { rowPlaceOf } from '../../../../gateway/projection/rows/row-of.js';
import { foldedWords, queryOf } from '../../../../gateway/projection/words.js';
import { FreePlaces } from '../../../../gateway/sales/free-places.js';

const rows: [string, number, number][] = [
  ['A', 1, 5],
  ['B', 3, 9],
  ['A', 11, 12],
];
const ROWS = { seats: { section: 'floor', rows } };

describe('places as bits', () => {
  it('number places by row as the allotment lists them', () => {
    const bits = new PlaceBits(ROWS);
    for (const place of ['floor:A:1', 'floor:B:3', 'floor:A:12']) expect(bits.set(place, true)).to.be.true;
    expect([...bits.bytes]).to.deep.equal([0b00100001, 0b00100000]);
    expect(bits.count).to.equal(3);
  });

  it('have none of what the allotment has not', () => {
    const bits = new PlaceBits(ROWS);
    for (const place of ['floor:A:6', 'floor:C:1', 'balcony:A:1', 'floor:1']) expect(bits.set(place, true)).to.be.false;
    expect(bits.count).to.equal(0);
  });

  it('count what is left as a list of free places does', () => {
    const supply = { pool: { section: 'standing', from: 3, to: 300 } };
    const steps = fc.array(fc.record({ number: fc.integer({ min: 1, max: 310 }), taken: fc.boolean() }));
    fc.assert(
      fc.property(steps, (all) => {
        const free = new FreePlaces(supply);
        let bits = new PlaceBits(supply);
        for (const { number, taken } of all.filter((step) => step.number >= 3 && step.number <= 300)) {
          // As it is read from the database and written again.
          bits = new PlaceBits(supply, bits.bytes);
          bits.set(`standing:${number}`, taken);
          if (taken) free.take(`standing:${number}`);
          else free.release(`standing:${number}`);
        }
        expect(298 - bits.count).to.equal(free.count);
      }),
    );
  });
});

describe('words', () => {
  it('are folded, and a query is nothing but words', () => {
    expect(foldedWords('Le Théâtre: Été-2027 ﬁn')).to.equal('le theatre ete 2027 fin');
    expect(queryOf("l'été & (x)")).to.equal("'l':* & 'ete':* & 'x':*");
    expect(queryOf("'&|!()")).to.be.undefined;
    expect(queryOf('a b c d e f g h i j')!.split('&')).to.have.length(8);
  });
});

describe('batches', () => {
  it('take together what is there, in its order, and no more ahead than is asked for', async () => {
    let given = 0;
    async function* source() {
      for (; given < 10; given += 1) yield await Promise.resolve(given);
    }
    const taken: number[] = [];
    for await (const batch of batches(source(), 3)) {
      expect(batch.length).to.be.within(1, 3);
      taken.push(...batch);
      await new Promise((resolve) => setTimeout(resolve, 1));
      expect(given).to.be.at.most(taken.length + 4);
    }
    expect(taken).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('throw what the source throws, after what came before it', async () => {
    async function* source() {
      yield await Promise.resolve(1);
      throw new Error('torn');
    }
    const taken: number[] = [];
    const reading = (async () => {
      for await (const batch of batches(source(), 3)) taken.push(...batch);
    })();
    expect(await reading.then(() => undefined, String)).to.equal('Error: torn');
    expect(taken).to.deep.equal([1]);
  });
});

describe('heights', () => {
  it('let whoever waits go when his block is in, and no sooner', async () => {
    const heights = new Heights(systemClock);
    const [first, second] = [heights.reach(2, 1_000), heights.reach(3, 20)];
    heights.advance(1);
    heights.advance(2);
    expect(await Promise.all([first, second])).to.deep.equal([true, false]);
    expect(await heights.reach(1, 0)).to.be.true;
  });
});

describe('a PGlite directory', () => {
  it('is one holder’s at a time', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'guichet-projection-'));
    const release = await holdAlone(directory);
    expect(await holdAlone(`${directory}/.`).catch((error: unknown) => error)).to.be.instanceOf(DatabaseInUse);
    await release();
    await (
      await holdAlone(directory)
    )();
    rmSync(directory, { recursive: true });
  });

  it('is one holder’s by whatever name, before it is made, too', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'guichet-projection-'));
    const [folder, link] = [join(directory, 'folder'), join(directory, 'link')];
    mkdirSync(folder);
    symlinkSync(folder, link);
    for (const rest of ['', 'new/store']) {
      const release = await holdAlone(join(folder, rest));
      const other = await holdAlone(join(link, rest)).catch((error: unknown) => error);
      expect(other).to.be.instanceOf(DatabaseInUse);
      await release();
    }
    rmSync(directory, { recursive: true });
  });
});

describe('rows', () => {
  it('are of known keys only', () => {
    const tableOf = (key: string) => rowPlaceOf(key)?.table;
    const event = 'OrganizerMSP:night';
    expect(tableOf(`${event}/t/floor/A/1`)).to.equal('tickets');
    expect(tableOf(`${event}/t/standing/7`)).to.equal('tickets');
    expect(tableOf(`${event}/w/2`)).to.equal('markets');
    const others = ['/w', '/w/1/o/MSP/3', '/t/floor/A/0', '/e/more', '/toString/1', '/a/UPPER', '/x', '/a/floor/x'];
    for (const other of [...others.map((rest) => event + rest), 'no event/e', 'consortium/o/', 'consortium/members'])
      expect(tableOf(other), other).to.be.undefined;
  });
});

describe('commands of the read model', () => {
  it('are rebuild and verify, and nothing else', () => {
    expect(['rebuild', 'verify'].map((each) => readArguments([each]))).to.deep.equal(['rebuild', 'verify']);
    for (const wrong of [[], ['drop'], ['verify', 'now']]) expect(() => readArguments(wrong)).to.throw('usage');
  });
});
