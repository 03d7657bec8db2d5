/**
 * A chaincode as a service: a gRPC server that its organization's peer connects to over mutual TLS. Everything it is told comes from the
 * environment that network/ sets; this file is not part of the rules, so what is banned there is allowed here.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ChaincodeInterface } from 'fabric-shim-api';
import { observeAnnouncement } from './ledger/multi-key.js';

type Stream = Parameters<typeof observeAnnouncement>[0];
interface Log {
  readonly level: string;
  readonly levels: Readonly<Record<string, number>>;
  [method: string]: unknown;
}
interface ServerOptions {
  readonly ccid: string;
  readonly address: string;
  /** With a client CA the shim demands and checks the peer's certificate. */
  readonly tlsProps: { readonly key: Buffer; readonly cert: Buffer; readonly clientCACerts: Buffer };
  readonly 'grpc.max_receive_message_length': number;
  readonly 'grpc.max_send_message_length': number;
}
interface ChaincodeServer {
  connect(stream: Stream): void;
  start(): Promise<void>;
}
type NewServer = new (chaincode: ChaincodeInterface, options: ServerOptions) => ChaincodeServer;
type NewChaincode = new (contracts: unknown[], serializers: unknown) => ChaincodeInterface;

const require = createRequire(import.meta.url);

/**
 * The loggers format a line before they drop it, a third of a chaincode's CPU. Below the level in force each method becomes nothing at all. Must
 * run before anything asks for a logger, which modules do while they load.
 */
export function quietenLogs(): void {
  for (const path of ['fabric-shim/lib/logger.js', 'fabric-contract-api/lib/logger.js']) {
    const module = require(path) as { getLogger(name?: string): Log };
    const getLogger = module.getLogger.bind(module);
    module.getLogger = (name) => silence(getLogger(name));
  }
}

function silence(log: Log): Log {
  const limit = log.levels[log.level] ?? Infinity;
  for (const [level, rank] of Object.entries(log.levels)) {
    if (rank > limit) log[level] = () => log;
  }
  return log;
}

export interface ServeOptions {
  /** Whether messages for many keys are used where a peer announces them. Without them a chaincode does the same, key by key. */
  readonly multiKey?: boolean;
}

/** @param load imports the contract classes; called once the loggers are quiet */
export async function serveChaincode(
  load: () => Promise<readonly unknown[]>,
  { multiKey = true }: ServeOptions = {},
): Promise<void> {
  quietenLogs();
  const Server = require('fabric-shim/lib/server.js') as NewServer;
  const ChaincodeFromContract = require('fabric-shim/lib/contract-spi/chaincodefromcontract.js') as NewChaincode;
  const { JSONSerializer } = require('fabric-contract-api') as { JSONSerializer: unknown };

  class AttentiveServer extends Server {
    override connect(stream: Stream): void {
      if (multiKey) observeAnnouncement(stream);
      super.connect(stream);
    }
  }

  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
  await new AttentiveServer(new ChaincodeFromContract([...(await load())], serializers), readOptions()).start();
}

function readOptions(): ServerOptions {
  return {
    ccid: required('CHAINCODE_ID'),
    address: required('CHAINCODE_SERVER_ADDRESS'),
    tlsProps: {
      key: readFileSync(required('CHAINCODE_TLS_KEY_FILE')),
      cert: readFileSync(required('CHAINCODE_TLS_CERT_FILE')),
      clientCACerts: readFileSync(required('CHAINCODE_TLS_CLIENT_CA_FILE')),
    },
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
