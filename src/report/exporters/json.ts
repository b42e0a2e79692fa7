/** Renders reports as JSON: one report as it is stored, several as an array. */
import { inSteps } from '../../domain/in-steps.js';
import type { JudgedReport } from '../../domain/report/gate.js';
import { renderJsonInSteps } from '../contract/json.js';

/** @param asked a report that came in a list is an array of one */
export async function render(reports: readonly JudgedReport[], asked: { readonly list: boolean }): Promise<string> {
  const texts: string[] = [];
  for (const { report } of reports) texts.push(await inSteps(renderJsonInSteps(report)));
  const [first, ...others] = texts;
  if (first !== undefined && others.length === 0 && !asked.list) return first;
  return `[${texts.map((text) => text.trimEnd()).join(',\n')}]\n`;
}
