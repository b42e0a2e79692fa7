/** Renders reports as JSON: one report as it is stored, several as an array. */
import type { JudgedReport } from '../../domain/report/gate.js';
import { renderJson } from '../contract/json.js';

/** @param asked a report that came in a list is an array of one */
export function render(reports: readonly JudgedReport[], asked: { readonly list: boolean }): string {
  const [first, ...others] = reports;
  if (first !== undefined && others.length === 0 && !asked.list) return renderJson(first.report);
  return `[${reports.map(({ report }) => renderJson(report).trimEnd()).join(',\n')}]\n`;
}
