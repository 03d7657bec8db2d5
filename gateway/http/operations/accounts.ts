/** Money at one event, out of the read model: for the organization's own people. */
import { z } from 'zod';
import { findAccounts, findHolders } from '../../projection/queries/accounts.js';
import { pageOf, pageQuery } from '../paging.js';
import { projected, requireTouched } from '../projected.js';
import { eventId, minor } from '../schemas.js';

const tag = 'search';
const params = z.strictObject({ event: eventId });
const account = z
  .string()
  .max(300)
  .regex(/^[A-Za-z0-9_:.-]+$/, { error: 'is not an account' });
const count = z.int().min(0);

export const accountOperations = [
  projected({
    id: 'searchAccounts',
    path: '/v1/events/{event}/search/accounts',
    tag,
    summary: 'What each account has gained at an event, by all money entries',
    authority: 'statements',
    params,
    query: pageQuery(account),
    description: 'a page',
    schema: z.strictObject({
      accounts: z.array(
        z.strictObject({
          account,
          balanceMinor: z
            .string()
            .regex(/^-?[0-9]+$/)
            .meta({ description: 'decimal digits: it may be beyond 2^53' }),
        }),
      ),
      next: account.optional(),
    }),
    async read({ params: { event }, query: { after, limit } }, db) {
      const block = await requireTouched(db, event);
      const { items, next } = pageOf(await findAccounts(db, { event, after, limit }), limit, (row) => row.account);
      const accounts = items.map(({ account: of, balance_minor }) => ({ account: of, balanceMinor: balance_minor }));
      return { block, body: { accounts, ...(next !== undefined && { next }) } };
    },
  }),
  projected({
    id: 'searchHolders',
    path: '/v1/events/{event}/search/holders',
    tag,
    summary: 'What each holder has, has bought and is owed at an event',
    authority: 'holders',
    params,
    query: pageQuery(account),
    description: 'a page',
    schema: z.strictObject({
      holders: z.array(
        z.strictObject({
          holder: account,
          held: count,
          boughtPrimary: count,
          boughtResale: count,
          resold: count,
          balanceMinor: minor,
        }),
      ),
      next: account.optional(),
    }),
    async read({ params: { event }, query: { after, limit } }, db) {
      const block = await requireTouched(db, event);
      const { items, next } = pageOf(await findHolders(db, { event, after, limit }), limit, (row) => row.holder);
      const holders = items.map(({ holder, held, resold, ...row }) => {
        const { bought_primary: boughtPrimary, bought_resale: boughtResale, balance_minor: balanceMinor } = row;
        return { holder, held, boughtPrimary, boughtResale, resold, balanceMinor };
      });
      return { block, body: { holders, ...(next !== undefined && { next }) } };
    },
  }),
];
