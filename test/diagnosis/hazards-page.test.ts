import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { controls, hazards } from '../../src/diagnosis/hazards.js';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('docs/HAZARDS.md', root), 'utf8');
const sections = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), section.replace(/\s+/g, ' ')]),
);

describe('docs/HAZARDS.md', () => {
  it('has one section for each cause and each control, and no other', () => {
    expect([...sections.keys()].sort()).toEqual([...hazards, ...controls].map(({ id }) => id).sort());
  });

  it.each(hazards)('says of $id by which signature it is known, and what to change', ({ id }) => {
    const section = sections.get(id)!;
    expect(section).toContain('**Signature:**');
    expect(section).toContain('**Change:**');
  });

  it('says which causes nothing here provokes', () => {
    const without = hazards.filter(({ id }) => !existsSync(new URL(`scenarios/hazards/${id}.yaml`, root)));
    const said = page.slice(page.indexOf('## What is not told yet'));
    for (const { id } of hazards) {
      if (without.some((one) => one.id === id)) expect(said).toContain(`\`${id}\``);
    }
  });
});
