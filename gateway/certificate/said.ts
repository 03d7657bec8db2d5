/** What holders signed for a ticket, and the block in which it counted: then it had to be their key. */
import { decodeStatement, type HolderStatementName, type Statement } from '../../chaincode/domain/statements.js';
import type { Certificate } from './certificate.js';

export interface Said {
  readonly statement: Statement<HolderStatementName>;
  readonly block: number;
}

/** In their order. */
export const saidIn = ({ sale, hands }: Pick<Certificate['evidence'], 'sale' | 'hands'>): readonly Said[] => [
  { statement: decodeStatement('purchase', sale.request, 'request'), block: sale.block },
  ...hands.flatMap((hand): Said[] =>
    hand.kind === 'transfer'
      ? [
          { statement: decodeStatement('transfer', hand.transfer, 'transfer'), block: hand.block },
          { statement: decodeStatement('transfer-acceptance', hand.acceptance, 'acceptance'), block: hand.block },
        ]
      : [
          { statement: decodeStatement('listing', hand.listing, 'listing'), block: hand.listed?.block ?? hand.block },
          { statement: decodeStatement('resale-purchase', hand.purchase, 'purchase'), block: hand.block },
        ],
  ),
];
