import { describe, expect, it } from 'vitest';
import { capabilities, compareVersions, hasCapability } from '../../../../src/broker/nats/connecting/server-version.js';

describe('server versions', () => {
  it('are compared number by number', () => {
    const sorted = ['2.9.10', 'v2.12.0-RC.1', '2.10', '2.10.22', '2.9.9'].sort(compareVersions);
    expect(sorted).toEqual(['2.9.9', '2.9.10', '2.10', '2.10.22', 'v2.12.0-RC.1']);
  });

  it('are newer than all others where they cannot be read', () => {
    expect(compareVersions('dev', '99.0.0')).toBeGreaterThan(0);
    expect(compareVersions('dev', 'main')).toBe(0);
  });

  it('tell what a server can do', () => {
    expect(hasCapability('2.9.10', capabilities.multipleFilters)).toBe(false);
    expect(hasCapability('2.10.0', capabilities.multipleFilters)).toBe(true);
    expect(hasCapability('2.9.0', capabilities.pullConsumers)).toBe(true);
    expect(hasCapability(null, capabilities.multipleFilters)).toBe(true);
  });
});
