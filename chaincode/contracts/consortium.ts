/** The two transactions that found a consortium; see domain/consortium.ts. */
import {
  foundConsortium,
  parseFounding,
  proposeConsortium,
  requireAgreed,
  type Founding,
} from '../domain/consortium.js';
import { BatchState } from '../domain/state.js';
import { contextOf } from '../ledger/caller.js';
import { loadRecords, storeRecords } from '../ledger/world-state.js';
import { answer } from './answer.js';
import { Context, Contract, Info, Returns, Transaction } from './fabric.js';

@Info({ title: 'Consortium', description: 'Founds the consortium' })
export class Consortium extends Contract {
  /** The founders that the organization which runs this chaincode has agreed to: each endorser judges by its own. */
  static agreed: Founding | undefined;

  constructor() {
    super('Consortium');
  }

  /** @param founding `{"organizations": [...]}` */
  @Transaction()
  @Returns('string')
  async propose(fabric: Context, founding: string): Promise<string> {
    return decide(fabric, founding, proposeConsortium);
  }

  /** @param founding the same as was proposed */
  @Transaction()
  @Returns('string')
  async found(fabric: Context, founding: string): Promise<string> {
    return decide(fabric, founding, foundConsortium);
  }
}

function decide(fabric: Context, argument: string, rule: typeof foundConsortium): Promise<string> {
  return answer(async () => {
    const founding = parseFounding(argument);
    requireAgreed(founding, Consortium.agreed);
    const state = new BatchState(await loadRecords(fabric.stub, founding.keys));
    rule(founding, state, contextOf(fabric));
    state.accept();
    await storeRecords(fabric.stub, state.writes());
    return { tx: fabric.stub.getTxID() };
  });
}
