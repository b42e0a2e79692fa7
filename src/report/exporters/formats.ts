/**
 * In which formats can reports be shown? A line each; what a format needs is loaded when it is asked for. To add one,
 * write `src/report/<format>.ts` and its line here.
 */
import type { JudgedReport } from '../../domain/report/gate.js';

export interface Given {
  readonly reports: readonly JudgedReport[];
  /** Whether they came as a list, so that JSON stays one even of a single report. */
  readonly list: boolean;
  /** Of the terminal, for the one format that is made for it. */
  readonly look: { readonly width: number; readonly color: boolean; readonly ascii: boolean };
}

type Render = (given: Given) => Promise<string>;

const renderers = {
  terminal: async ({ reports, look }) => {
    const { renderTerminal } = await import('../terminal/terminal.js');
    return reports.map(({ report, gate }) => renderTerminal(report, { ...look, gate, reportPath: null })).join('\n');
  },
  json: async ({ reports, list }) =>
    (await import('../contract/json.js')).renderJsonReports(
      reports.map(({ report }) => report),
      list,
    ),
  junit: async ({ reports }) => (await import('./junit.js')).renderJunit(reports),
  github: async ({ reports }) => (await import('./github.js')).renderGithub(reports),
  markdown: async ({ reports }) => (await import('./markdown.js')).renderMarkdown(reports),
  'benchmark-smaller': async ({ reports }) => (await import('./benchmark.js')).renderBenchmark(reports, 'smaller'),
  'benchmark-bigger': async ({ reports }) => (await import('./benchmark.js')).renderBenchmark(reports, 'bigger'),
  bmf: async ({ reports }) => (await import('./bmf.js')).renderBmf(reports),
  csv: async ({ reports }) => (await import('./csv.js')).renderCsv(reports),
  hdr: async ({ reports }) => (await import('./hdr-log.js')).renderHdrLog(reports),
} as const satisfies Record<string, Render>;

export type Format = keyof typeof renderers;

export const formats = Object.keys(renderers) as readonly Format[];

/** @throws {UsageError} if the reports cannot be shown in this format */
export function renderAs(format: Format, given: Given): Promise<string> {
  return renderers[format](given);
}
