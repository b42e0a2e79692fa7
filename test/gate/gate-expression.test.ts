import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/domain/errors.js';
import { evaluateExpression, parseExpression } from '../../src/gate/gate-expression.js';
import { counts, row } from '../report/fixtures.js';

function refusal(text: string): UsageError {
  try {
    parseExpression(text, '--fail-on');
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('an expression', () => {
  it.each([
    ['regressions>0', 'regressions', '>', 0],
    ['  lost >= 1.5 ', 'lost', '>=', 1.5],
    ['duplicates.total<1e3', 'duplicates.total', '<', 1000],
    ['counts.naive<=7', 'counts.naive', '<=', 7],
    ['exposure.regressionRate.high95!=.5', 'exposure.regressionRate.high95', '!=', 0.5],
    ['latencyMs.endToEnd.p99>-1', 'latencyMs.endToEnd.p99', '>', -1],
    ['outcome==violated', 'outcome', '==', 'violated'],
    ['outcome != ordered', 'outcome', '!=', 'ordered'],
  ])('%j is a path, a comparison and a value', (text, path, operator, value) => {
    expect(parseExpression(text)).toEqual({ text, path, operator, value });
  });

  it.each([
    ['', 'a path such as regressions at character 1', 0],
    ['>0', 'a path such as regressions at character 1', 0],
    ['regressions', 'one of >= <= == != > < at character 12', 11],
    ['regressions=0', 'one of >= <= == != > < at character 12', 11],
    ['regressions =>0', 'one of >= <= == != > < at character 13', 12],
    ['regressions>', 'a number at character 13', 12],
    ['regressions> many', 'a number at character 14', 13],
    ['regressions>0 and lost>0', 'nothing more at character 15', 14],
    ['outcome>violated', '== or !=, since outcomes have no order at character 8', 7],
    ['outcome==fine', 'ordered, violated, inconclusive at character 10', 9],
  ])('%j is refused, pointing at the character', (text, expected, at) => {
    const { message } = refusal(text);
    expect(message).toContain(`--fail-on: "${text}" is not an expression: expected ${expected}`);
    const [, shown, caret] = message.split('\n');
    expect(shown).toBe(`    ${text}`);
    expect(caret?.indexOf('^')).toBe(at + 4);
  });

  it('has the nearest path suggested', () => {
    expect(refusal('regresions>0')).toMatchObject({
      message: '--fail-on: there is no "regresions" in a row of the report, as "regresions>0" has it',
      wayOut: 'did you mean regressions?',
    });
    expect(refusal('exposure.contestedPair>0').wayOut).toBe('did you mean exposure.contestedPairs?');
    expect(refusal('outcome==violatd').wayOut).toBe('did you mean outcome==violated?');
    expect(refusal('constructor>0').message).toContain('there is no "constructor"');
  });

  it('needs a number, not a group of them', () => {
    expect(refusal('duplicates>0')).toMatchObject({
      message: '--fail-on: "duplicates" in "duplicates>0" is a group, not a number',
      wayOut:
        'name one of duplicates.total, duplicates.redone, duplicates.redelivered, duplicates.storedTwice, duplicates.unflagged, duplicates.concurrent',
    });
  });
});

describe('what an expression says of a row', () => {
  const seen = row('single#1', { outcome: 'violated', counts: counts({ regressions: 3 }), peakRssBytes: null });
  const evaluate = (text: string) => evaluateExpression(parseExpression(text), seen);

  it.each([
    ['regressions>2', 'holds'],
    ['regressions>3', 'fails'],
    ['regressions>=3', 'holds'],
    ['regressions<3', 'fails'],
    ['regressions<=3', 'holds'],
    ['regressions==3', 'holds'],
    ['regressions!=3', 'fails'],
    ['counts.regressions==3', 'holds'],
  ])('%s %s', (text, result) => {
    expect(evaluate(text)).toEqual({ result, value: 3 });
  });

  it('looks a path up in the counts first, then in the row', () => {
    expect(evaluate('repeat==1')).toEqual({ result: 'holds', value: 1 });
    expect(evaluate('duplicates.total==0')).toEqual({ result: 'holds', value: 0 });
  });

  it('compares the outcome by name', () => {
    expect(evaluate('outcome==violated')).toEqual({ result: 'holds', value: 'violated' });
    expect(evaluate('outcome!=violated')).toEqual({ result: 'fails', value: 'violated' });
  });

  it('is undecided where the row does not know the value', () => {
    expect(evaluate('peakRssBytes>0')).toEqual({ result: 'undecided', value: null });
    expect(evaluate('peakRssBytes!=0')).toEqual({ result: 'undecided', value: null });
  });
});
