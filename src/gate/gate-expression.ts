/**
 * Parses gate expressions such as `regressions>0` and evaluates them on a row. An expression is a path, a comparison
 * and a number; `outcome==violated` compares the outcome by name. Paths are looked up in `counts` first, then in the
 * row. A value that a row does not know (null) decides nothing.
 */
import { UsageError } from '../domain/errors.js';
import { outcomes } from '../domain/scenario/scenario.js';
import type { RunRow } from '../domain/report/run-report.js';
import { nearest } from '../scenario/nearest.js';
import { isNumberPath, rowNumberAt, numberPaths } from './row-paths.js';

const operators = ['>=', '<=', '==', '!=', '>', '<'] as const;
type Operator = (typeof operators)[number];

export interface Expression {
  readonly text: string;
  readonly path: string;
  readonly operator: Operator;
  readonly value: number | string;
}

/** `value` is the row's value at the path; if it is null (not known), the result is `undecided`. */
export interface Evaluation {
  readonly result: 'holds' | 'fails' | 'undecided';
  readonly value: number | string | null;
}

/**
 * @param from where the expression stands (`--fail-on`), for messages
 * @throws {UsageError} pointing at the character, or naming the nearest path
 */
export function parseExpression(text: string, from = 'expression'): Expression {
  const [path, afterPath] = scan(text, 0, /\s*([A-Za-z][\w.]*)\s*/y);
  if (path === null) throw syntaxError(text, from, afterPath, 'a path such as regressions');
  const [operator, afterOperator] = scan(text, afterPath, /(>=|<=|==|!=|>|<)\s*/y);
  if (operator === null) throw syntaxError(text, from, afterPath, `one of ${operators.join(' ')}`);
  if (path === 'outcome') return outcomeExpression(text, from, operator as Operator, afterPath, afterOperator);
  checkPath(path, text, from);
  const [number, end] = scan(text, afterOperator, /([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*/iy);
  if (number === null) throw syntaxError(text, from, afterOperator, 'a number');
  if (end < text.length) throw syntaxError(text, from, end, 'nothing more');
  if (!Number.isFinite(Number(number))) throw syntaxError(text, from, afterOperator, 'a number that a value can reach');
  return { text, path, operator: operator as Operator, value: Number(number) };
}

export function evaluateExpression({ path, operator, value }: Expression, row: RunRow): Evaluation {
  const actual = typeof value === 'string' ? row.outcome : (rowNumberAt(row, path) ?? null);
  if (actual === null) return { result: 'undecided', value: null };
  return { result: compare(actual, operator, value) ? 'holds' : 'fails', value: actual };
}

function compare(left: number | string, operator: Operator, right: number | string): boolean {
  switch (operator) {
    case '>=':
      return left >= right;
    case '<=':
      return left <= right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '>':
      return left > right;
    case '<':
      return left < right;
  }
}

/**
 * Matches a sticky pattern at a position.
 * @returns the first group and the end of the match; without a match, null and the next position that is no space
 */
function scan(text: string, at: number, pattern: RegExp): [string | null, number] {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null
    ? [null, at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0)]
    : [match[1] ?? '', pattern.lastIndex];
}

function outcomeExpression(text: string, from: string, operator: Operator, operatorAt: number, at: number): Expression {
  if (operator !== '==' && operator !== '!=')
    throw syntaxError(text, from, operatorAt, '== or !=, since outcomes have no order');
  const [name, end] = scan(text, at, /([A-Za-z-]+)\s*/y);
  if (name === null || !(outcomes as readonly string[]).includes(name)) {
    const near = nearest(name ?? '', outcomes);
    throw syntaxError(
      text,
      from,
      at,
      outcomes.join(', '),
      near === null ? undefined : `did you mean outcome${operator}${near}?`,
    );
  }
  if (end < text.length) throw syntaxError(text, from, end, 'nothing more');
  return { text, path: 'outcome', operator, value: name };
}

function checkPath(path: string, text: string, from: string): void {
  if (isNumberPath(path)) return;
  const within = numberPaths.filter((known) => known.startsWith(`${path}.`));
  if (within.length > 0) {
    throw new UsageError(
      `${from}: "${path}" in "${text}" is a group, not a number`,
      `name one of ${within.join(', ')}`,
    );
  }
  const near = nearest(path, ['outcome', ...numberPaths]);
  throw new UsageError(
    `${from}: there is no "${path}" in a row of the report, as "${text}" has it`,
    near === null
      ? `paths are those of the report's counts, then of its rows: ${numberPaths.slice(0, 8).join(', ')}, …`
      : `did you mean ${near}?`,
  );
}

/** A longer text would not fit into one line of a narrow terminal, so nothing is pointed at in it. */
const pointedMax = 36;

function syntaxError(text: string, from: string, at: number, expected: string, wayOut?: string): UsageError {
  const pointer = text.length > pointedMax ? '' : `\n    ${text}\n    ${' '.repeat(at)}^`;
  return new UsageError(
    `${from}: "${text}" is not an expression: expected ${expected} at character ${String(at + 1)}${pointer}`,
    wayOut ?? 'write a path, a comparison and a number, such as regressions>0, or outcome==violated',
  );
}
