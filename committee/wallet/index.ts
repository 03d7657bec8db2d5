/** The fan's wallet library, for browsers and Node. It imports no `node:` module. */
export { acceptHandles } from './accept-handles.js';
export { DEFAULT_ITERATIONS, type BackupOptions } from './backup.js';
export { credentialFor, gateMaterialFor, replaceHolderKey, walletFor, type GateMaterial } from './event-credential.js';
export { eventHandlesRequest, prepareHandles, unusedHandles, type Visit } from './handles.js';
export {
  createHolderKey,
  exportHolderKey,
  importHolderKey,
  thumbprintOf,
  type HolderKey,
  type PrivateJwk,
} from './holder-key.js';
export { openBrowserStorage, type BrowserStorage } from './indexed-db.js';
export { checkProof, type OrderProof, type ProvenOrder } from './market/check-proof.js';
export { trustMarketKey, type MarketTerms, type TrustedMarketKey } from './market/market-key.js';
export { marketWalletFor, MarketWallet, type NewAsk, type NewBid, type NewDeposit } from './market/market-wallet.js';
export { sealOrder, type SealedOrder, type Sealing } from './market/seal-order.js';
export { lookAtKey, vetoReplacement } from './pending.js';
export { enrol, replaceMasterKey } from './person.js';
export type { Registered, RegisterOptions } from './register.js';
export { backUp, restore } from './restore.js';
export type { BoundKey, LedgerClient, LedgerCommand, WalletServices } from './services.js';
export { StateStore } from './state-store.js';
export { digestOf, signStatement, type HolderStatement, type SignedStatement } from './statements.js';
export { createStorageKey, memoryStorage, storageKeyFrom, type StorageKey, type WalletStorage } from './storage.js';
export { newId, Wallet, type Purchase, type TicketVersion, type Wanted } from './wallet.js';
