/** What a credential may be allowed to do. The list is closed: each operation names the one scope that it asks for, and the OpenAPI document names it too. */

export const SCOPES = {
  events: 'create and change events, their rules and their allotments',
  sales: 'sell, take back and void tickets',
  listings: 'take on listings and execute resales',
  markets: 'open and drive sealed markets, pass on deposits and orders',
  keys: "register and revoke the organization's keys, have the committee make shared ones",
  governance: 'propose, vote and close proposals for the organization',
  statements: 'read what accounts have gained and what the organization owes and is owed',
  attestations: 'have documents looked at and sign what a wallet shows',
  door: 'register gate devices and read door lists',
  holders: 'read lists of holders',
  webhooks: 'have changes sent to an address, and see what was sent',
  payments: 'pay out balances, see and settle payments',
  metrics: 'read what the gateway counts',
  admin: 'make, rotate and revoke API keys of any scope, which amounts to everything',
} as const;

export type Scope = keyof typeof SCOPES;

export const SCOPE_NAMES = Object.keys(SCOPES) as Scope[];

export const isScope = (text: string): text is Scope => Object.hasOwn(SCOPES, text);

export const ALL_SCOPES: ReadonlySet<Scope> = new Set(SCOPE_NAMES);
export const NO_SCOPES: ReadonlySet<Scope> = new Set();
