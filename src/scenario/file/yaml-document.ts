/**
 * Parses a YAML text, with the line of each field. It takes exactly one document that is a map, and refuses syntax
 * errors, several documents, unknown tags, and aliases that multiply (each alias may be small, but together they fill
 * the memory).
 */
import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import { UsageError } from '../../domain/errors.js';
import { limits } from '../limits.js';
import { isNestedTooDeeply } from './yaml-nesting.js';

export interface YamlSource {
  /** Plain data: maps, lists, texts, numbers, true, false and null. */
  readonly value: Record<string, unknown>;
  /** Line of a field, from 1: of the innermost part of the path that is there; null if none is. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | null;
}

const exampleWayOut = 'docs/SCENARIOS.md shows what a scenario looks like';

/**
 * @param path as the user knows the file; used in messages only
 * @throws {UsageError} naming file and line
 */
export function parseYaml(text: string, path: string): YamlSource {
  const lines = new LineCounter();
  if (isNestedTooDeeply(text)) {
    throw new UsageError(`${path} is nested too deeply for a scenario`, exampleWayOut);
  }
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  refuseProblems(document, { text, path, lines });
  const contents = document.contents;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    throw new UsageError(`${path} is empty`, 'write at least one field, such as topics: 5');
  }
  if (!isMap(contents)) {
    throw new UsageError(`${path} is not a map of fields`, 'write one field a line, such as topics: 5');
  }
  return { value: plainValue(document, path), lineOf: (at) => lineOfField(contents, at, lines) };
}

function refuseProblems(
  document: Document.Parsed,
  { text, path, lines }: { readonly text: string; readonly path: string; readonly lines: LineCounter },
): void {
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem === undefined) return;
  const line = String(lines.linePos(problem.pos[0]).line);
  if (problem.code === 'MULTIPLE_DOCS') {
    throw new UsageError(
      `${path}, line ${line}: a second document begins here`,
      'put each scenario into a file of its own; run takes several files',
    );
  }
  if (problem.code === 'DUPLICATE_KEY') {
    const key = /^[^:\n]*/.exec(text.slice(problem.pos[0]))?.[0].trim() ?? '';
    throw new UsageError(`${path}, line ${line}: ${key} is given a second time`, 'leave one of the two out');
  }
  if (problem.code === 'TAB_AS_INDENT') {
    throw new UsageError(`${path}, line ${line}: it is indented with a tab`, 'indent with spaces');
  }
  const what = problem.message.split('\n')[0] ?? problem.code;
  throw new UsageError(`${path}, line ${line}: this is not valid YAML: ${what}`, exampleWayOut);
}

function plainValue(document: Document.Parsed, path: string): Record<string, unknown> {
  try {
    return document.toJS({ maxAliasCount: limits.yamlAliases }) as Record<string, unknown>;
  } catch (cause) {
    const known = cause instanceof Error && cause.message.startsWith('Excessive alias count');
    throw new UsageError(
      known
        ? `${path} uses aliases (*name) that multiply to more than ${String(limits.yamlAliases)} copies`
        : `${path} uses an alias that cannot be followed: ${cause instanceof Error ? cause.message : String(cause)}`,
      'write the values out; a scenario needs no aliases',
      { cause },
    );
  }
}

function lineOfField(contents: YAMLMap, path: readonly PropertyKey[], lines: LineCounter): number | null {
  let at: unknown = contents;
  let offset: number | undefined;
  for (const key of path) {
    if (isMap(at)) {
      const pair = at.items.find((item) => String(isScalar(item.key) ? item.key.value : item.key) === String(key));
      if (pair === undefined) break;
      offset = (isNode(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      at = pair.value;
    } else {
      at = childOf(at, key);
      offset = (isNode(at) ? at.range?.[0] : undefined) ?? offset;
    }
  }
  return offset === undefined ? null : lines.linePos(offset).line;
}

function childOf(node: unknown, key: PropertyKey): unknown {
  const items: unknown = typeof node === 'object' && node !== null && 'items' in node ? node.items : undefined;
  return Array.isArray(items) && typeof key === 'number' ? (items as unknown[])[key] : undefined;
}
