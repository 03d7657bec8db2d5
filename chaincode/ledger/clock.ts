/** The transaction's time as the rules read it. It is the client's word: peers accept it only within a narrow window, while endorsing. */
import type { ChaincodeStub } from 'fabric-shim-api';

export interface TransactionTime {
  /** RFC 3339 UTC to the second. */
  readonly now: string;
  readonly nowSeconds: number;
}

export function transactionTime(stub: ChaincodeStub): TransactionTime {
  const nowSeconds = Number(stub.getTxTimestamp().seconds.toString());
  // Only a conversion of what the transaction says: every endorser gets the same text.
  // eslint-disable-next-line no-restricted-globals
  const now = `${new Date(nowSeconds * 1000).toISOString().slice(0, 19)}Z`;
  return { now, nowSeconds };
}
