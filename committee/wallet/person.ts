/** The person: registered once, with receipts by which attestors sign handles for events; and its master key, which can be replaced. */
import { expectThat } from '../client/client-error.js';
import { DEDUP } from '../messages/index.js';
import { collect, type Patience } from './collect.js';
import { newestMaster } from './handles.js';
import { register, type Registered, type RegisterOptions } from './register.js';
import { trustedKey, type WalletServices } from './services.js';
import { thePerson } from './subject.js';

/** A node's peer may be some blocks behind. */
const PATIENCE: Patience = { attempts: 10, pauseMs: 300 };

/**
 * Registers the person of the newest master handle, or finds that it is; then fetches the receipts. The same call refills: after `prepareHandles` and a new
 * document check it yields receipts for the new master handle, which the nodes give to the registered master key only.
 * @throws {ClientError} NOT_ENROLLED without a signed master handle, KEY_IS_ANOTHERS where the person is registered with a key that this wallet has not,
 * NODES_TOO_FEW naming the nodes
 */
export function enrol(services: WalletServices, patience = PATIENCE): Promise<Registered> {
  return services.store.inTurn(DEDUP, () => registerPerson(services, {}, patience));
}

/**
 * Gives the person another master key: at once with the old one, which this wallet releases if it has it; else after the ledger's wait.
 * @throws {ClientError} as enrol
 */
export function replaceMasterKey(
  services: WalletServices,
  options: Pick<RegisterOptions, 'approve'> = {},
  patience = PATIENCE,
): Promise<Registered> {
  return services.store.inTurn(DEDUP, () => registerPerson(services, { ...options, replace: true }, patience));
}

async function registerPerson(
  services: WalletServices,
  options: RegisterOptions,
  patience: Patience,
): Promise<Registered> {
  await requireSameKey(services);
  const master = newestMaster(services.store.state);
  const { attempt, toSign, extras: _, ...registered } = await register(thePerson, master, services, options);
  if (registered.state === 'pending') return registered;
  const { answers, failures } = await collect(attempt, toSign, patience);
  const receipts = answers.flatMap(({ extra }) => extra ?? []);
  await services.store.update((state) => ({ ...state, receipts }));
  return { ...registered, failures: [...registered.failures, ...failures] };
}

/** The consortium's key moves between committees and stays the same: another one would make everybody a new person. */
async function requireSameKey(services: WalletServices): Promise<void> {
  const { groupKey } = await trustedKey(thePerson.owner, services);
  const { dedupKey = groupKey } = services.store.state;
  expectThat(dedupKey === groupKey, 'KEY_NOT_TRUSTED', 'groupKey');
  await services.store.update((state) => ({ ...state, dedupKey }));
}
