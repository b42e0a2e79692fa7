import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { declarationOf, defaultText, flagOf, scenarioFields } from '../../src/scenario/fields.js';

const page = readFileSync(new URL('../../docs/SCENARIOS.md', import.meta.url), 'utf8');

describe('a field', () => {
  it('has a flag of the same name in kebab-case', () => {
    expect(flagOf('maxAckPending')).toBe('--max-ack-pending');
    expect(flagOf('topics')).toBe('--topics');
  });

  it.each(scenarioFields)('is in docs/SCENARIOS.md with its default and its flag: %s', (field) => {
    const line = page.split('\n').find((candidate) => candidate.startsWith(`| \`${field}\` |`)) ?? '';
    expect(line).not.toBe('');
    const usual = defaultText(field);
    if (usual !== undefined) expect(line).toContain(`\`${usual}\``);
    expect(line.includes(`\`${flagOf(field)}\``)).toBe(declarationOf(field).flag !== null);
  });
});
