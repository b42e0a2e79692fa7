/** Renders what differs between two reports as JSON, by docs/report-difference.schema.json. */
import type { ReportDifference } from '../../../domain/report/report-difference.js';

export function renderDifference(difference: ReportDifference): string {
  return `${JSON.stringify(difference, null, 2)}\n`;
}
