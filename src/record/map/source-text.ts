/** Writes where a field is found as `--map` would take it. */
import type { FieldSource } from './parse-map.js';

export function sourceText(source: FieldSource): string {
  switch (source.kind) {
    case 'constant':
      return `'${source.text.replaceAll("'", "''")}'`;
    case 'attribute':
      return `attr:${source.name}`;
    case 'name':
      return source.name;
    case 'path':
      return source.steps.map(stepText).join('');
  }
}

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[\w@-]+$/.test(step) ? `.${step}` : `.[${JSON.stringify(step)}]`;
}
