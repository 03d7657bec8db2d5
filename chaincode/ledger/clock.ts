/** The transaction's time as the rules read it. It is the client's word: peers accept it only within a narrow window, while endorsing. */
import type { ChaincodeStub } from 'fabric-shim-api';
import { timestampOf } from '../domain/time.js';

export interface TransactionTime {
  /** RFC 3339 UTC to the second. */
  readonly now: string;
  readonly nowSeconds: number;
}

export function transactionTime(stub: ChaincodeStub): TransactionTime {
  const nowSeconds = Number(stub.getTxTimestamp().seconds.toString());
  return { now: timestampOf(nowSeconds), nowSeconds };
}
