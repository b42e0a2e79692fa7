/** Resolves the name of a run: the one given, else that of its file, made fit for the report's file name. */
import { basename } from 'node:path';
import { namingFields } from '../domain/scenario/fields/workload-fields.js';
import type { Layers } from './layers.js';

export function nameOf(layers: Layers): string {
  return layers.given('name') ?? (layers.file === undefined ? layers.value('name') : nameOfFile(layers.file.path));
}

/** `scenarios/my quick.yaml` → `my-quick`. */
function nameOfFile(path: string): string {
  const stem = basename(path).replace(/\.ya?ml$/i, '');
  const safe = stem
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, namingFields.name.value.maxLength);
  return safe === '' ? namingFields.name.default : safe;
}
