/** The one door to fabric-contract-api: its decorators are invisible to ESM's named imports. */
import { createRequire } from 'node:module';
import type * as contractApi from 'fabric-contract-api';

const api = createRequire(import.meta.url)('fabric-contract-api') as typeof contractApi;

export const { Contract, Info, Transaction, Returns, Param } = api;
