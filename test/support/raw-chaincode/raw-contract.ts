/** The least a chaincode can do: one blind write per transaction. Baseline of the benches and guinea pig of network tests. */
import { Context, Contract, Info, Returns, Transaction } from '../../../chaincode/contracts/fabric.js';

@Info({ title: 'raw', description: 'One blind write per transaction' })
export class RawContract extends Contract {
  constructor() {
    super('raw');
  }

  @Transaction()
  async put(ctx: Context, key: string, value: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from(value));
  }

  /** The value, or an empty string. */
  @Transaction(false)
  @Returns('string')
  async get(ctx: Context, key: string): Promise<string> {
    return Buffer.from(await ctx.stub.getState(key)).toString();
  }
}
