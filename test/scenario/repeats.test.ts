/** How often every row is run, under either name, and how many runs a confidence takes. */
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import type { Scenario } from '../../src/domain/scenario/scenario.js';
import type { ScenarioFlags } from '../../src/scenario/flags.js';
import { resolveScenario } from '../../src/scenario/resolve.js';
import { parseScenarioFile } from '../../src/scenario/file/scenario-file.js';

const strategies = ['keyed-pool'];

function resolve(flags: ScenarioFlags, text?: string): Scenario {
  if (text === undefined) return resolveScenario({ flags, strategies });
  return resolveScenario({ file: parseScenarioFile(text, 'mine.yaml', { strategies }), flags, strategies });
}

function refusal(flags: ScenarioFlags, text?: string): string {
  try {
    resolve(flags, text);
  } catch (error) {
    if (error instanceof UsageError) return `${error.message}\n${error.wayOut}`;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('seeds', () => {
  it('are repeats under another name', () => {
    expect(resolve({ seeds: '59' }).repeat).toBe(59);
    expect(resolve({}, 'seeds: 7').repeat).toBe(7);
  });

  it('given as a flag stand above the repeats of a file, and the other way round', () => {
    expect(resolve({ seeds: '3' }, 'repeat: 9').repeat).toBe(3);
    expect(resolve({ repeat: '3' }, 'seeds: 9').repeat).toBe(3);
  });

  it('are refused beside repeats, whatever their numbers', () => {
    expect(refusal({ seeds: '3', repeat: '3' })).toContain('--seeds is 3 and --repeat is 3');
    expect(refusal({}, 'seeds: 3\nrepeat: 4')).toContain('mine.yaml, line 1: seeds is 3');
  });

  it('are from 1 to 1,000', () => {
    expect(refusal({ seeds: '0' })).toContain('--seeds is 0; allowed: a whole number from 1 to 1,000');
  });
});

describe('pairs at risk', () => {
  it('are asked for under the older name too', () => {
    expect(resolve({ untilContested: '500' }).untilAtRisk).toBe(500);
    expect(resolve({}, 'untilContested: 500').untilAtRisk).toBe(500);
    expect(resolve({ untilAtRisk: '9' }, 'untilContested: 500').untilAtRisk).toBe(9);
    expect(resolve({ untilContested: 'none' }, 'untilAtRisk: 500').untilAtRisk).toBeNull();
  });

  it('may be asked for under both names, unless they differ', () => {
    expect(resolve({ untilContested: '5', untilAtRisk: '5' }).untilAtRisk).toBe(5);
    expect(refusal({ untilContested: '5', untilAtRisk: '6' })).toContain(
      '--until-at-risk is 6 and --until-contested is 5, and both say the same thing',
    );
  });

  it('that a run has to see are 30 by default, and one at least', () => {
    expect(resolve({}).minAtRisk).toBe(30);
    expect(resolve({ minAtRisk: '1' }).minAtRisk).toBe(1);
    expect(refusal({ minAtRisk: '0' })).toContain('--min-at-risk is 0; allowed: a whole number from 1');
  });
});

describe('a confidence', () => {
  const sure: ScenarioFlags = { confidence: '95%', within: '5%' };

  it('is asked of any gate, beside however many runs', () => {
    expect(resolve({ ...sure, maxViolations: '0' })).toMatchObject({ repeat: 1, confidence: 0.95, within: 0.05 });
    expect(resolve({ ...sure, confidence: '0.99', failOn: ['lost>0'] })).toMatchObject({ confidence: 0.99 });
    expect(resolve(sure, 'expect:\n  single:\n    outcome: ordered\n')).toMatchObject({ within: 0.05 });
    expect(resolve({ ...sure, maxViolations: '0', seeds: '10' })).toMatchObject({ repeat: 10, within: 0.05 });
    expect(resolve({}, 'confidence: 95%\nwithin: 0.05\nmaxViolations: 0')).toMatchObject({ confidence: 0.95 });
  });

  it('is refused without its share, and the share without it', () => {
    expect(refusal({ confidence: '95%', maxViolations: '0' })).toContain('give both, such as --within 5%, or neither');
    expect(refusal({ within: '5%', maxViolations: '0' })).toContain('give both, such as --confidence 95%, or neither');
  });

  it('is refused without a gate, with the way out', () => {
    expect(refusal(sure)).toContain('give one too, such as --max-violations 0');
    expect(refusal({ ...sure, maxViolations: 'none' })).toContain('there is no gate');
  });

  it('is a share between nothing and all', () => {
    for (const confidence of ['0%', '100%', '95', '1', 'high']) {
      expect(refusal({ ...sure, confidence, maxViolations: '0' })).toContain(
        'allowed: a share more than 0% and less than 100%, such as 95% or 0.95',
      );
    }
  });

  it('is refused where it takes more runs than anybody waits for', () => {
    expect(refusal({ ...sure, within: '0.1%', maxViolations: '0' })).toContain('takes 2,995 ordered runs of every row');
  });
});
