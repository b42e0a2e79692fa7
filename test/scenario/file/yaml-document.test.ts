import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/domain/errors.js';
import { parseYaml } from '../../../src/scenario/file/yaml-document.js';

function refusal(text: string): UsageError {
  try {
    parseYaml(text, 'my.yaml');
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a YAML text', () => {
  it('is read as plain data, with the line of every field', () => {
    const { value, lineOf } = parseYaml(
      'topics: 5\n\nexpect:\n  single:\n    that:\n      - lost==0\n      - naive==0\n',
      'a',
    );
    expect(value).toEqual({ topics: 5, expect: { single: { that: ['lost==0', 'naive==0'] } } });
    expect(lineOf(['topics'])).toBe(1);
    expect(lineOf(['expect'])).toBe(3);
    expect(lineOf(['expect', 'single', 'that'])).toBe(5);
    expect(lineOf(['expect', 'single', 'that', 1])).toBe(7);
    expect(lineOf(['nowhere'])).toBeNull();
    expect(lineOf(['expect', 'nowhere'])).toBe(3);
  });

  it('may begin with a byte order mark and a comment', () => {
    expect(parseYaml('\ufeff# why\ntopics: 5\n', 'a').value).toEqual({ topics: 5 });
  });

  it.each([
    ['an empty text', '', 'my.yaml is empty'],
    ['comments only', '# nothing\n', 'my.yaml is empty'],
    ['an explicit null', '~\n', 'my.yaml is empty'],
    ['a word', 'topics\n', 'my.yaml is not a map of fields'],
    ['a list', '- topics: 5\n', 'my.yaml is not a map of fields'],
    ['a second document', 'topics: 5\n---\ntopics: 6\n', 'my.yaml, line 2: a second document begins here'],
    ['a field given twice', 'topics: 5\nworkers: 1\ntopics: 6\n', 'my.yaml, line 3: topics is given a second time'],
    ['a tab', 'expect:\n\tsingle: 1\n', 'my.yaml, line 2: it is indented with a tab'],
    ['an unclosed bracket', 'allow: [duplicate\n', 'my.yaml, line 2: this is not valid YAML:'],
    ['an unknown tag', 'topics: !!js/function 5\n', 'my.yaml, line 1: this is not valid YAML: Unresolved tag'],
    ['an alias to nothing', 'topics: *five\n', 'my.yaml uses an alias that cannot be followed'],
  ])('is refused if it is %s', (_, text, message) => {
    const error = refusal(text);
    expect(error.message).toContain(message);
    expect(error.wayOut).not.toBe('');
  });

  it('is refused if its aliases multiply', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((name, at) => {
        const before = 'abcdefgh'[at]!;
        return `${name}: &${name} [${`*${before}, `.repeat(9)}]`;
      }),
    ].join('\n');
    expect(refusal(bomb).message).toBe('my.yaml uses aliases (*name) that multiply to more than 50 copies');
  });

  it.each([
    ['brackets', '['.repeat(60_000)],
    ['braces', '{a: '.repeat(15_000)],
    ['dashes', '- '.repeat(30_000)],
    ['question marks', '? '.repeat(30_000)],
    ['indentation', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('is refused if it is nested without end by %s', (_, text) => {
    expect(refusal(text).message).toBe('my.yaml is nested too deeply for a scenario');
  });
});
