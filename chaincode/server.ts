/**
 * The chaincode as a service: a gRPC server that its organization's peer connects to over mutual TLS. Everything it is told comes from the
 * environment that network/ sets; this file is not part of the rules, so what is banned there is allowed here.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ChaincodeInterface } from 'fabric-shim-api';
import { observeAnnouncement } from './ledger/multi-key.js';

type Stream = Parameters<typeof observeAnnouncement>[0];
type Log = Record<string, unknown> & { isLevelEnabled(level: string): boolean };
interface ServerOptions {
  readonly ccid: string;
  readonly address: string;
  readonly tlsProps: { readonly key: Buffer; readonly cert: Buffer; readonly clientCACerts: Buffer };
}
interface ChaincodeServer {
  connect(stream: Stream): void;
  start(): Promise<void>;
}

const require = createRequire(import.meta.url);

/** The shim formats a log line before it drops it, a third of the chaincode's CPU. Turned off levels become nothing at all. */
function quietenLogs(): void {
  const logger = require('fabric-shim/lib/logger.js') as { getLogger(name?: string): Log };
  const getLogger = logger.getLogger.bind(logger);
  logger.getLogger = (name) => {
    const log = getLogger(name);
    for (const level of ['debug', 'info', 'warn']) {
      if (!log.isLevelEnabled(level)) log[level] = () => undefined;
    }
    return log;
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

/** @param contracts contract classes, as the runtime loads them */
export async function serveChaincode(contracts: readonly unknown[]): Promise<void> {
  quietenLogs();
  const Server = require('fabric-shim/lib/server.js') as new (
    chaincode: ChaincodeInterface,
    options: ServerOptions,
  ) => ChaincodeServer;
  const ChaincodeFromContract = require('fabric-shim/lib/contract-spi/chaincodefromcontract.js') as new (
    contracts: unknown[],
    serializers: unknown,
  ) => ChaincodeInterface;
  const { JSONSerializer } = require('fabric-contract-api') as { JSONSerializer: unknown };

  class AttentiveServer extends Server {
    override connect(stream: Stream): void {
      observeAnnouncement(stream);
      super.connect(stream);
    }
  }

  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
  const server = new AttentiveServer(new ChaincodeFromContract([...contracts], serializers), {
    ccid: required('CHAINCODE_ID'),
    address: required('CHAINCODE_SERVER_ADDRESS'),
    tlsProps: {
      key: readFileSync(required('CHAINCODE_TLS_KEY_FILE')),
      cert: readFileSync(required('CHAINCODE_TLS_CERT_FILE')),
      clientCACerts: readFileSync(required('CHAINCODE_TLS_CLIENT_CA_FILE')),
    },
  });
  await server.start();
}
