import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { firstIssue, jsonProblem } from '../../../src/report/contract/problem-text.js';

function problemOf(text: string): string {
  try {
    JSON.parse(text);
  } catch (error) {
    return jsonProblem(error, text);
  }
  throw new Error('it is JSON');
}

describe('of a text that is not JSON', () => {
  it.each([
    ['{"a": [1,', 'is not JSON: it breaks off in the middle'],
    ['{"a": "b', 'is not JSON: it breaks off in the middle'],
    ['{"a": 1}\n{"a": 2}', 'is not JSON: something follows it in line 2'],
    ['{\n"a": 1,\n}', 'is not JSON: line 3 is wrong'],
    ['no report', 'is not JSON'],
  ])('it is said where it is wrong: %j', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });
});

describe('of a report with a wrong field', () => {
  const schema = z.object({ seed: z.int().min(0), mode: z.enum(['multi', 'single']), runs: z.array(z.string()) });

  it.each([
    [{ seed: 1, mode: 'multi' }, 'runs is missing'],
    [{ seed: 'x', mode: 'multi', runs: [] }, 'seed is "x" and should be a number'],
    [{ seed: -1, mode: 'multi', runs: [] }, 'seed is -1 and should be 0 or more'],
    [{ seed: 1, mode: 'both', runs: [] }, 'mode is "both" and should be multi or single'],
    [{ seed: 1, mode: 'multi', runs: ['a', 3] }, 'runs.1 is 3 and should be a string'],
    [{ mode: 'multi' }, 'seed is missing, and 1 more field is wrong'],
  ])('the field, its value and what it should be are named: %j', (value, problem) => {
    expect(firstIssue(schema.safeParse(value).error!, value)).toBe(problem);
  });
});
