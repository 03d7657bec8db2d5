/** Starts Guichet's chaincode as a service. */
import { serveChaincode } from './server.js';

await serveChaincode(async () => (await import('./index.js')).contracts);
