/**
 * Renders the timelines of reports as OpenTelemetry spans: one ExportTraceServiceRequest in OTLP/JSON, by the semantic
 * conventions for messaging, version 1.44.0.
 *
 * A row is a service instance, named by its id; rows follow each other in time. An event is a trace: its publish call is a `send` span, each delivery a `receive` span
 * below it, each attempt at it a `process` span and its answer a `settle` span below that. What happened to a row are
 * events of a span that is as long as the row.
 */
import type { JudgedReport } from '../../domain/report/gate.js';
import { ToldNames } from '../timeline/told-names.js';
import { toldRows, type ToldRow } from '../timeline/told-rows.js';
import { attributesOf } from './otlp/attributes.js';
import { rowSpan } from './otlp/row-span.js';
import { eventSpans } from './otlp/event-spans.js';

const schemaUrl = 'https://opentelemetry.io/schemas/1.44.0';
const nsPerMs = 1_000_000n;

/** @throws {UsageError} if no row of the reports has timelines */
export function render(reports: readonly JudgedReport[]): string {
  const rows = toldRows(reports);
  const names = new ToldNames();
  const resourceSpans = rows.map((told) => resourceSpansOf(told, names));
  return `${JSON.stringify({ resourceSpans })}\n`;
}

function resourceSpansOf(told: ToldRow, names: ToldNames): object {
  const { name, report, row, extent } = told;
  const { tool, scenario, seed, startedAt } = report;
  const attributes = attributesOf({
    'service.name': 'eventbus-bench',
    'service.version': names.of(tool.version),
    'service.instance.id': names.of(name),
    'eventbus_bench.scenario': scenario === null ? null : names.of(scenario.name),
    'eventbus_bench.seed': seed,
    'eventbus_bench.clock': row.clock,
    'eventbus_bench.outcome': row.outcome,
    'eventbus_bench.regressions': row.counts.regressions,
    ...Object.fromEntries(Object.entries(extent).map(([key, value]) => [`eventbus_bench.extent.${key}`, value])),
  });
  const beginNs = BigInt(Math.round(told.beganAtMs)) * nsPerMs;
  // Spans of two runs of a row must not be taken for the same.
  const identity = `${startedAt} ${String(seed)} ${name}`;
  return {
    resource: { attributes },
    scopeSpans: [
      {
        scope: { name: 'eventbus-bench', version: names.of(tool.version) },
        spans: [rowSpan(told, identity, beginNs, names), ...eventSpans(told, identity, beginNs, names)],
        schemaUrl,
      },
    ],
    schemaUrl,
  };
}
