import { describe, expect, it } from 'vitest';
import { subjectMatches } from '../../src/broker/sim/jetstream/subject-filter.js';
import { fnv1a32 } from '../../src/domain/fnv1a.js';
import { partitionFilter, publishSubjects, streamSubjects } from '../../src/domain/stream-subjects.js';

const plain = { name: 'S', subjects: ['bench.run.orders', 'bench.run.bills'] };
const partitioned = { ...plain, partitions: 3 };

describe('the subjects of a stream', () => {
  it('are one a topic, and events are published on that of their topic', () => {
    expect(streamSubjects(plain)).toEqual(plain.subjects);
    expect(publishSubjects(plain)(1, 0, 'agg-0')).toBe('bench.run.bills');
  });

  it('have one more token in a partitioned stream: FNV-1a of the aggregate id modulo the partitions', () => {
    const subjectOf = publishSubjects(partitioned);
    for (let aggregate = 0; aggregate < 50; aggregate++) {
      const id = `agg-${aggregate}`;
      const subject = `bench.run.orders.${fnv1a32(id) % 3}`;
      expect(subjectOf(0, aggregate, id)).toBe(subject);
      expect(subjectOf(0, aggregate, id)).toBe(subject);
      expect(streamSubjects(partitioned).some((pattern) => subjectMatches(pattern, subject))).toBe(true);
    }
  });

  it('can be filtered by partition, of one topic or of all', () => {
    const ofAll = partitionFilter(partitioned, null, 2);
    const ofOne = partitionFilter(partitioned, 'bench.run.bills', 2);
    const passing = (filter: string): string[] =>
      ['bench.run.orders.2', 'bench.run.bills.2', 'bench.run.bills.1'].filter((one) => subjectMatches(filter, one));
    expect(passing(ofAll)).toEqual(['bench.run.orders.2', 'bench.run.bills.2']);
    expect(passing(ofOne)).toEqual(['bench.run.bills.2']);
  });
});
