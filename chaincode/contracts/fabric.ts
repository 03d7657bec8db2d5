/**
 * The one door to fabric-contract-api: its decorators are invisible to ESM's named imports. Context is a value here, not only a type: the runtime
 * tells a transaction's context from its arguments by the class that TypeScript leaves in the metadata.
 */
import { createRequire } from 'node:module';
import type * as contractApi from 'fabric-contract-api';

const api = createRequire(import.meta.url)('fabric-contract-api') as typeof contractApi;

export const { Context, Contract, Info, Transaction, Returns } = api;
export type Context = contractApi.Context;
