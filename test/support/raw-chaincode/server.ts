/** Serves RawContract as our own chaincode is served. */
import { serveChaincode } from '../../../chaincode/server.js';

await serveChaincode(async () => [(await import('./raw-contract.js')).RawContract]);
