import { expect } from 'chai';
import { Metrics } from '../../../committee/metrics.js';

describe("a node's metrics", () => {
  it('are in the text format of Prometheus, counters added up by their labels', async () => {
    const metrics = new Metrics();
    const counter = metrics.counter('asked_total', 'Questions.', ['operation', 'code']);
    counter.inc({ operation: 'a', code: 'ok' });
    counter.inc({ operation: 'b', code: 'ok' });
    counter.inc({ operation: 'a', code: 'ok' }, 2);
    metrics.gauge('keys', 'Keys.', [], () => [{ labels: {}, value: 3 }]);
    expect(await metrics.text()).to.equal(
      [
        '# HELP asked_total Questions.',
        '# TYPE asked_total counter',
        'asked_total{operation="a",code="ok"} 3',
        'asked_total{operation="b",code="ok"} 1',
        '',
        '# HELP keys Keys.',
        '# TYPE keys gauge',
        'keys 3',
        '',
      ].join('\n'),
    );
  });

  it('escape what a label holds', async () => {
    const metrics = new Metrics();
    metrics.counter('c', 'C.', ['of']).inc({ of: 'a"b\\c\nd' });
    expect(await metrics.text()).to.include('c{of="a\\"b\\\\c\\nd"} 1\n');
  });

  it('ask for a gauge at each reading', async () => {
    const metrics = new Metrics();
    let value = 1;
    metrics.gauge('g', 'G.', [], () => [{ labels: {}, value }]);
    value = 2;
    expect(await metrics.text()).to.include('g 2\n');
  });
});
