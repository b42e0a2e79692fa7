/** Names by which the sources of a map are known where lines have no paths: columns, groups, attributes. */
import type { FieldSource } from './parse-map.js';

/** The column, group or attribute that a source names; a path of one key names one too. null: a longer path, a constant. */
export function nameOf(source: FieldSource): string | null {
  if (source.kind === 'constant') return null;
  if (source.kind !== 'path') return source.name;
  const [only, more] = source.steps;
  return typeof only === 'string' && more === undefined ? only : null;
}

/** A source as `--map` has it. */
export function writtenSource(source: FieldSource): string {
  switch (source.kind) {
    case 'constant':
      return `'${source.text.replaceAll("'", "''")}'`;
    case 'attribute':
      return `attr:${source.name}`;
    case 'name':
      return source.name;
    case 'path':
      return source.steps.map(writtenStep).join('');
  }
}

function writtenStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[^.[\]"'\s,]+$/u.test(step) ? `.${step}` : `.[${JSON.stringify(step)}]`;
}
