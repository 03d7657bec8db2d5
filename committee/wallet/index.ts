/** The fan's wallet library, for browsers and Node. It imports no `node:` module and nothing of the chaincode but types. */
export {
  createHolderKey,
  exportHolderKey,
  importHolderKey,
  thumbprintOf,
  type HolderKey,
  type PrivateJwk,
} from './holder-key.js';
export { digestOf, signStatement, type HolderStatement, type SignedStatement } from './statements.js';
export { newId, Wallet, type Purchase, type TicketVersion, type Wanted } from './wallet.js';
