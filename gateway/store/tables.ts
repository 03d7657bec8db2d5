/** Tables of the store. Each belongs to one folder of the gateway, which says what its rows mean. */
import type { AuthTables } from '../auth/tables.js';

// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface StoreTables extends AuthTables {}
