/** What tests sent and got of each operation, kept for the document: `npm run api -- examples` records it anew. */
import recorded from './examples.json' with { type: 'json' };

export type Examples = Readonly<
  Record<
    string,
    {
      readonly request?: unknown;
      /** By status. */
      readonly answers: Readonly<Record<string, unknown>>;
      /** By code. */
      readonly problems: Readonly<Record<string, unknown>>;
    }
  >
>;

export const EXAMPLES: Examples = recorded;
