/** The one transaction that sells, transfers and admits: parse, load, judge, store, emit. */
import { judgeBatch, keysOf, parseBatch, prepareBatch } from '../domain/batch.js';
import { contextOf } from '../ledger/caller.js';
import { unpackBatch } from '../ledger/packing.js';
import { loadRecords, storeRecords } from '../ledger/world-state.js';
import { answer } from './answer.js';
import { Context, Contract, Info, Returns, Transaction } from './fabric.js';

/** One packed event tells what a transaction changed. */
const EVENT_NAME = 'batch';

@Info({ title: 'BoxOffice', description: 'Judges batches of commands' })
export class BoxOffice extends Contract {
  constructor() {
    super('BoxOffice');
  }

  /** @param batch `{"commands": [...]}`, or the same packed */
  @Transaction()
  @Returns('string')
  async submit(fabric: Context, batch: string): Promise<string> {
    return answer(async () => {
      const context = contextOf(fabric);
      const candidates = prepareBatch(parseBatch(unpackBatch(batch)), context.caller.mspId);
      const loaded = await loadRecords(fabric.stub, keysOf(candidates));
      const { outcomes, writes, facts } = judgeBatch(candidates, loaded, context);
      await storeRecords(fabric.stub, writes);
      if (facts.length > 0) fabric.stub.setEvent(EVENT_NAME, Buffer.from(JSON.stringify(facts)));
      return { outcomes };
    });
  }
}
