/** The window has types of its own, so that its reading stays independent; the compiler holds them against what the gateway answers. */
import { expect } from 'chai';
import type * as answered from '../../../../gateway/client/resources.js';
import type { Certificate as AnsweredCertificate } from '../../../../gateway/certificate/certificate.js';
import type { Certificate } from '../../../../gateway/web/proof/certificate.js';
import type * as read from '../../../../gateway/web/resources.js';

type Reads<Answer extends Reading, Reading> = [Answer, Reading] extends never ? never : true;

describe('resources of the public window', () => {
  it('are what the gateway answers', () => {
    const agree: [
      Reads<answered.EventResource, read.Event>,
      Reads<answered.AllotmentResource, read.Allotment>,
      Reads<answered.Availability, read.Availability>,
      Reads<answered.TicketResource, read.Ticket>,
      Reads<answered.TicketHistory['versions'][number], read.TicketVersion>,
      Reads<Required<answered.OrganizationResource>, read.OrganizationWithKeys>,
      Reads<answered.BlockPage, read.BlockPage>,
      Reads<answered.TransactionResource, read.Transaction>,
      Reads<answered.NetworkResource, read.Network>,
      Reads<AnsweredCertificate, Certificate>,
      Reads<answered.ListingResource, read.Listing>,
      Reads<answered.ExplainedPolicy, read.ExplainedPolicy>,
      Reads<answered.SharedKeyResource, read.SharedKey>,
      Reads<answered.CommitteeResource, read.Committee>,
      Reads<answered.MarketResource, read.Market>,
      Reads<answered.MarketView, read.MarketView>,
      Reads<answered.ResultPage, read.ResultPage>,
      Reads<answered.OrderResource, read.SealedOrder>,
      Reads<answered.OrderProofResource, read.OrderProof>,
    ] = [
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
      true,
    ];
    expect(agree).to.not.include(false);
  });
});
