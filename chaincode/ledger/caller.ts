/** Who submitted the transaction, from the certificate that the peer has verified. Attributes are in Fabric CA's extension. */
import type { Context as FabricContext } from 'fabric-contract-api';
import type { Caller, Context } from '../domain/rule.js';
import { transactionTime } from './clock.js';

export const ATTRIBUTES = ['box-office', 'gate', 'attestor', 'committee', 'auditor', 'admin'] as const;

function callerOf({ clientIdentity }: FabricContext): Caller {
  const attributes = ATTRIBUTES.filter((name) => clientIdentity.assertAttributeValue(name, 'true'));
  return { mspId: clientIdentity.getMSPID(), attributes: new Set(attributes) };
}

/** The circumstances of a transaction in the domain's words. */
export function contextOf(fabric: FabricContext): Context {
  return {
    channel: fabric.stub.getChannelID(),
    tx: fabric.stub.getTxID(),
    ...transactionTime(fabric.stub),
    caller: callerOf(fabric),
  };
}
