/**
 * The paths that a record is read from, as a tree of keys: at each object of a line the scanner stands at a node, and
 * follows the keys that lead to a field. The rest of the line is checked and skipped.
 */
import { fieldIndex, recordFields } from '../../domain/record/record-fields.js';
import type { FieldMap } from '../map/parse-map.js';

/** A key as it was met at its place in an object, and where it leads. */
export interface MetKey {
  /** The bytes between the quotes. */
  readonly bytes: Uint8Array;
  readonly leadsTo: PathNode | null;
}

export class PathNode {
  /** Numbers of the fields that are read here. */
  readonly fields: number[] = [];
  /** The fields that are read here or further down, a bit for each. */
  reach = 0;
  readonly byKey = new Map<string, PathNode>();
  readonly byIndex = new Map<number, PathNode>();
  /**
   * The keys of the last object that was read here, in their order: lines of a log mostly have the same keys in the
   * same order, so that a key is compared with one other and not looked up.
   */
  readonly met: MetKey[] = [];

  /** Has the field read where the steps lead. @param field its number */
  add([step, ...rest]: readonly (string | number)[], field: number): void {
    this.reach |= 1 << field;
    if (step === undefined) this.fields.push(field);
    else this.#child(step).add(rest, field);
  }

  #child(step: string | number): PathNode {
    const known = typeof step === 'number' ? this.byIndex.get(step) : this.byKey.get(step);
    if (known !== undefined) return known;
    const made = new PathNode();
    if (typeof step === 'number') this.byIndex.set(step, made);
    else this.byKey.set(step, made);
    return made;
  }
}

/** @param map fields that it does not name are read from a key of their own name at the top, unless `only` is set */
export function pathTree(map: FieldMap, { only }: { readonly only: boolean }): PathNode {
  const root = new PathNode();
  for (const field of recordFields) {
    const source = map.get(field) ?? (only ? undefined : ({ kind: 'name', name: field } as const));
    if (source === undefined || source.kind === 'constant') continue;
    const steps = source.kind === 'path' ? source.steps : [source.name];
    root.add(steps, fieldIndex[field]);
  }
  return root;
}
