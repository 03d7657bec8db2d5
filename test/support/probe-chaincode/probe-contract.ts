/** What only a test, or two organizations that collude, would add to our chaincode: writes that no rule allows, and a look at its messages. */
import { Context, Contract, Info, Returns, Transaction } from '../../../chaincode/contracts/fabric.js';
import { encodeKeyPolicy } from '../../../chaincode/ledger/key-policy.js';
import { multiKeyLimits } from '../../../chaincode/ledger/multi-key.js';

@Info({ title: 'Probe', description: 'Writes whatever it is told' })
export class Probe extends Contract {
  constructor() {
    super('Probe');
  }

  /** @param write `{"key", "value"}` */
  @Transaction()
  async put({ stub }: Context, write: string): Promise<void> {
    const { key, value } = JSON.parse(write) as { key: string; value: unknown };
    await stub.putState(key, Buffer.from(JSON.stringify(value)));
  }

  /** @param removal `{"key"}` */
  @Transaction()
  async remove({ stub }: Context, removal: string): Promise<void> {
    await stub.deleteState((JSON.parse(removal) as { key: string }).key);
  }

  /** Gives a key to other endorsers. @param grant `{"key", "to"}` */
  @Transaction()
  async grant({ stub }: Context, grant: string): Promise<void> {
    const { key, to } = JSON.parse(grant) as { key: string; to: string[] };
    await stub.setStateValidationParameter(key, encodeKeyPolicy({ allOf: to, oneOf: [] }));
  }

  /** How many keys go into one message between this server and its peer. */
  @Transaction(false)
  @Returns('string')
  limits({ stub }: Context): Promise<string> {
    return Promise.resolve(JSON.stringify(multiKeyLimits(stub)));
  }
}
