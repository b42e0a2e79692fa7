import { describe, expect, it } from 'vitest';
import { ruleIds } from '../../src/diagnosis/diagnose.js';
import { causeIds } from '../../src/domain/report/cause-ids.js';
import { controlIds } from '../../src/domain/report/claim-answer.js';
import { controls, hazards } from '../../src/diagnosis/hazards.js';

describe('the hazards', () => {
  it('are the causes that the diagnosis can name, each once', () => {
    expect(hazards.map(({ id }) => id)).toEqual(causeIds);
    expect(controls.map(({ id }) => id)).toEqual(controlIds);
    expect([...ruleIds].sort()).toEqual([...causeIds].sort());
  });

  it.each(hazards)('say in one sentence how $id loses order', ({ mechanism }) => {
    expect(mechanism).toMatch(/^[A-Z][^.]*\.$/);
  });
});
