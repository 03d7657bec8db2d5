/** Tells whoever waits for it when a request's command goes to the ledger, and under which key the ledger will remember it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { prepareCommand } from '../../chaincode/domain/batch.js';
import type { Key } from '../../chaincode/domain/keys.js';
import type { CommandRecord } from '../../chaincode/domain/records.js';
import type { Submitter } from '../fabric/ledger.js';

type Told = (memory: Key<CommandRecord>) => void;

/** The request that is being handled: operations need not know that anybody listens. */
const listening = new AsyncLocalStorage<Told>();

export const tellOfSubmission = <T>(told: Told, handle: () => Promise<T>): Promise<T> => listening.run(told, handle);

export const announced = (submitter: Submitter, mspId: string): Submitter => ({
  async submit(command) {
    const told = listening.getStore();
    // First: a command of the wrong form is refused to its caller, and in a timer nobody would catch it.
    const memory = told && prepareCommand(command, mspId).memory;
    const committed = submitter.submit(command);
    // What the queue refuses at once was never on its way.
    if (told && memory !== undefined) setImmediate(() => told(memory));
    return committed;
  },
});
