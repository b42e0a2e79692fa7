/** Every claim and every remedy has words; those with numbers tell them. */
import { describe, expect, it } from 'vitest';
import { evidenceClaims, remedyKinds, type CauseEvidence } from '../../src/domain/report/cause-evidence.js';
import { clientSettings } from '../../src/report/words/client-settings.js';
import { evidenceText } from '../../src/report/words/evidence-text.js';
import { remedyText } from '../../src/report/words/remedy-text.js';

const claim = (id: CauseEvidence['claim'], count: number | null = null, of: number | null = null): CauseEvidence => ({
  ...{ claim: id, count, of, detail: id === 'told' ? 'words' : null },
});

describe('a claim in words', () => {
  it.each(evidenceClaims)('is a clause without a full stop: %s', (id) => {
    expect(evidenceText(claim(id, 3, 12))).toMatch(/^[a-z\d].*[^.\s]$/);
  });

  it.each([
    [claim('misroutes', 803, 1000), '80 % of deliveries were fetched by a subscription that does not own their topic'],
    [claim('held-by-two-subscriptions', 1, 40), '1 of 40 pairs in flight was held by different subscriptions at once'],
    [
      claim('changed-partition-often', 600, 10),
      '10 aggregates lie in several partitions, and the partition changed 600 times',
    ],
    [
      claim('came-again-nak', 2, 3),
      '2 of 3 anomalies were of an event whose handling had failed and that was sent back, while others went on',
    ],
  ])('tells its numbers: %j', (evidence, text) => {
    expect(evidenceText(evidence)).toBe(text);
  });
});

describe('the settings of a remedy', () => {
  it('are named for every client of the protocol, and for no other', () => {
    expect(clientSettings('idempotent-producer', 'jetstream')).toEqual([
      { client: 'nats.go', setting: 'WithMsgID' },
      { client: 'nats.js', setting: 'msgID' },
      { client: 'nats.java', setting: 'PublishOptions messageId' },
    ]);
    expect(clientSettings('key-by-aggregate', 'kafka').map(({ client }) => client)).toEqual([
      ...['kafkajs', 'Java', 'librdkafka', 'franz-go'],
    ]);
    expect(clientSettings('durable-per-topic', 'kafka')).toEqual([]);
    expect(clientSettings('lane-by-aggregate', 'jetstream')).toEqual([]);
  });
});

describe('a remedy in words', () => {
  it.each(remedyKinds)('is a clause without a full stop: %s', (kind) => {
    expect(remedyText({ kind, detail: 'do it' })).toMatch(/^[a-z].*[^.\s]$/);
  });
});
