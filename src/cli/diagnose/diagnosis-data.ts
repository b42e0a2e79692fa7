/** The diagnosis as data: of each row its causes as a stored report has them, and the answers to claims with their words. */
import type { RunReport } from '../../domain/report/run-report.js';
import { withWords } from '../../report/contract/with-words.js';
import { claimText } from '../../report/words/claim-text.js';
import type { DiagnosedRow } from '../../report/view/diagnosis-view.js';

export function diagnosisData(rows: readonly DiagnosedRow[], report: RunReport): object {
  const worded = withWords({ ...report, runs: rows.map(({ row }) => row) }).runs;
  return {
    tool: report.tool,
    rows: rows.map(({ row, claims }, at) => ({
      ...{ id: row.id, outcome: row.outcome, counts: row.counts, unexplained: row.unexplained },
      causes: (worded[at] as { readonly causes?: unknown }).causes,
      claims: claims.map((claim) => ({ ...claim, text: claimText(claim) })),
    })),
  };
}
