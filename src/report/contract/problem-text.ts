/** Says in words what is wrong with the text of a report: why it is not JSON, and which field is not as it should be. */
import type { z } from 'zod';
import { listed } from '../../text/lists.js';

/**
 * Why a text is not JSON, to follow its name. The engine's error names a position only; where that is the end, the text
 * breaks off.
 */
export function jsonProblem(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : String(error);
  const at = / position (\d+)/.exec(message)?.[1];
  if (at === undefined ? message.includes('end of JSON') : Number(at) >= text.length) {
    return 'is not JSON: it breaks off in the middle';
  }
  if (/^[^{[]/.test(text.trimStart())) return 'is not JSON';
  if (at === undefined) return `is not JSON: ${message}`;
  const line = text.slice(0, Number(at)).split('\n').length;
  if (message.includes('after JSON')) return `is not JSON: something follows it in line ${line}`;
  return `is not JSON: line ${line} is wrong`;
}

/** The first field that is wrong and what it should be, and how many more there are. */
export function firstIssue(error: z.ZodError, value: unknown): string {
  const [issue] = error.issues;
  if (issue === undefined) return error.message;
  const more = error.issues.length - 1;
  const others = more === 0 ? '' : `, and ${more} more ${more === 1 ? 'field is' : 'fields are'} wrong`;
  return `${inWords(issue, value)}${others}`;
}

function inWords(issue: z.core.$ZodIssue, value: unknown): string {
  const field = issue.path.map(String).join('.');
  const found = valueAt(value, issue.path);
  if (found === undefined) return `${field} is missing`;
  const is = `${field} is ${shown(found)}`;
  switch (issue.code) {
    case 'invalid_type':
      return `${is} and should be ${withArticle(issue.expected)}`;
    case 'invalid_value':
      return `${is} and should be ${listed(issue.values.map(String), 'or')}`;
    case 'too_small':
      return `${is} and should be ${String(issue.minimum)} or more`;
    case 'too_big':
      return `${is} and should be ${String(issue.maximum)} or less`;
    default:
      return `${is}, which it cannot be`;
  }
}

function withArticle(type: string): string {
  if (type === 'null') return 'empty (null)';
  if (type === 'int') return 'a whole number';
  if (type === 'record') return 'an object';
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

/** A value as a message can hold it: short, and on one line. */
function shown(value: unknown): string {
  const text = JSON.stringify(typeof value === 'number' && !Number.isFinite(value) ? String(value) : value);
  return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}
