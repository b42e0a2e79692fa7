import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hazards } from '../../src/diagnosis/hazards.js';

const page = readFileSync(new URL('../../docs/HAZARDS.md', import.meta.url), 'utf8');
const sections = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section.replace(/\s+/g, ' ')]),
);

describe('docs/HAZARDS.md', () => {
  it('has one section for each cause, and no other', () => {
    expect([...sections.keys()].sort()).toEqual(hazards.map(({ id }) => id).sort());
  });

  it.each(hazards)(
    'says of $id by which signature it is known, what to change, and how to see it',
    ({ id, provokedBy }) => {
      const section = sections.get(id)!;
      expect(section).toContain('**Signature:**');
      expect(section).toContain('**Change:**');
      if (provokedBy === null) expect(section).not.toContain('**See it:**');
      else expect(section).toContain(`**See it:** \`run ${provokedBy}\``);
    },
  );
});
