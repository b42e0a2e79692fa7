/**
 * Takes records that have nothing but handlings, which is all that most logs say. Regressions and duplicates are proven
 * by them; a record without any is no pass, since nothing says what was at stake.
 */
import { DenseChecker } from '../../checker/compact/dense-checker.js';
import type { HandledChecker } from '../../checker/compact/handled-checker.js';
import type { CompactFinding, CompactVerdict, Version } from '../../checker/compact/compact-verdict.js';
import { RisingChecker } from '../../checker/compact/rising-checker.js';
import { fieldIndex, type RecordEvent, type VersionRule } from '../../domain/record/record-fields.js';
import type { RecordCounts, RecordFinding, WrittenVersion } from '../../domain/record/record-report.js';
import { NeedsMore, NotPacked, type EngineResult, type RecordEngine } from '../engine.js';
import type { Fields } from '../fields.js';
import { NameTable } from '../names/name-table.js';
import { Scopes } from '../names/scopes.js';
import { aggregatesInSeveral } from '../names/sources-of-aggregates.js';
import { HandledLines } from './handled-lines.js';
import type { HandlingColumns } from './handling-columns.js';

/** Fields of a handling that tell more than its place in the order, a bit for each. */
export const tellingFields = (
  ['partition', 'position', 'deliveryCount', 'delivery', 'subscription', 'ok'] as const
).reduce((mask, field) => mask | (1 << fieldIndex[field]), 0);

export class HandledEngine implements RecordEngine {
  readonly passes = ['all'] as const;
  readonly wants = null;
  readonly #checker: HandledChecker;
  readonly #units = new NameTable();
  readonly #scopes = new Scopes();
  readonly #lines: HandledLines;

  /** @param firstVersion null: not known */
  constructor(rule: VersionRule, firstVersion: number | null) {
    this.#checker = rule === 'dense' ? new DenseChecker(firstVersion) : new RisingChecker();
    this.#lines = new HandledLines(this.#checker, this.#units, this.#scopes);
  }

  get regressions(): number {
    return this.#checker.regressions;
  }

  get duplicates(): number {
    return this.#checker.duplicates;
  }

  get aggregates(): number {
    return this.#units.size;
  }

  begin(source: string): void {
    this.#scopes.begin(source);
  }

  /** @throws {NeedsMore} at the first line that says more than that something was handled */
  take(event: RecordEvent, fields: Fields, line: number): string | null {
    if (event !== 'handled' || (fields.mask & tellingFields) !== 0) throw new NeedsMore('more than handlings');
    return this.#lines.take(fields, line);
  }

  /** The number of the topic and source that a line says. */
  scopeOf(fields: Fields): number {
    return this.#scopes.of(fields);
  }

  /**
   * Takes handlings that tell no more than their place in the order, with versions near 0.
   * @param to behind the place of the last
   * @throws {NotPacked} if an aggregate's versions are counted from elsewhere
   */
  takeAll(columns: HandlingColumns, from: number, to: number): void {
    if (this.#checker.countsFromBases) throw new NotPacked();
    this.#lines.takeAll(columns, from, to);
  }

  flush(): void {
    this.#lines.flush();
  }

  end(): EngineResult {
    this.flush();
    const verdict = this.#checker.verdict();
    const scopes = this.#scopes;
    const several = aggregatesInSeveral(this.#units, scopes.sources.size, (scope) => scopes.numbers(scope));
    return {
      counts: countsOf(verdict),
      exposure: null,
      extentMax: verdict.extentMax,
      origins: verdict.regressions === 0 ? [] : [{ after: null, by: 'start', count: verdict.regressions }],
      pairs: null,
      aggregates: verdict.worst.map((finding) => this.#findingOf(finding)),
      aggregatesTotal: this.#units.size,
      aggregatesWithAnomalies: verdict.unitsWithAnomalies,
      observed: null,
      doubts: [
        ...(verdict.handled === 0 ? [{ kind: 'empty' } as const] : []),
        ...(several > 0 ? [{ kind: 'several-sources', aggregates: several } as const] : []),
        { kind: 'stake-unknown', lacks: ['publish', 'deliver'] },
      ],
    };
  }

  #findingOf({ unit, regressions, duplicates, gaps, examples }: CompactFinding): RecordFinding {
    return {
      aggregate: this.#units.text(unit),
      ...this.#scopes.name(this.#units.scope(unit)),
      ...{ regressions, duplicates, gaps, lost: 0, overlaps: 0 },
      examples: examples.map(({ version, after, line, afterLine }) => ({
        ...{ version: written(version), after: written(after), line, afterLine },
        ...{ source: null, afterSource: null, origin: null },
      })),
    };
  }
}

function countsOf(verdict: CompactVerdict): RecordCounts {
  const { handled, regressions, duplicates, ties, gaps, openGaps, descents, naive } = verdict;
  return {
    ...{ handled, published: null, regressions, duplicates },
    ties: gaps === null ? ties : null,
    ...{ gaps, openGaps, descents, naive },
    ...{ lost: null, unseen: null, phantoms: null, storeInversions: null, splitKeys: null },
    ...{ overlaps: null, completionInversions: null },
  };
}

export function written(version: Version): WrittenVersion {
  return typeof version === 'bigint' ? String(version) : version;
}
