/** Tells the queue for whom a request's command is, so that clients share it fairly. What the gateway does by itself is nobody's. */
import type { Submitter } from '../fabric/ledger.js';
import { currentCaller, shareOf } from './caller.js';

export const inCallersName = (submitter: Submitter): Submitter => ({
  submit(command) {
    const caller = currentCaller();
    return submitter.submit(command, caller && { client: shareOf(caller) });
  },
});
