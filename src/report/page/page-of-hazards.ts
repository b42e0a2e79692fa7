/** Makes the page of the test of the diagnosis: the confusion matrix of hazards, and how it came out. */
import { wrongIn, type HazardMatrix, type HazardTally } from '../../domain/report/hazard-tally.js';
import type { RunReport } from '../../domain/report/run-report.js';
import { formatCount, plural } from '../../text/numbers.js';
import { besideTexts, faultTexts, hazardLegend, matrixConclusion } from '../words/hazard-text.js';
import { machineOf } from './machine.js';
import type { PageCell, PageConfusion, PageData, PageOutcome, PageTable } from './page-data.js';

export interface HazardsRun extends Pick<RunReport, 'tool' | 'environment' | 'replay'> {
  readonly matrix: HazardMatrix;
}

const outcomes = { held: 'ordered', failed: 'violated', undecided: 'inconclusive' } as const;

export function pageOfHazards({ matrix, tool, environment, replay }: HazardsRun): PageData {
  const { hazards } = matrix;
  const brokers = [...new Set(hazards.flatMap((tally) => tally.brokers))];
  const faults = faultTexts(matrix).map((text) => ({ title: 'Wrong', text }));
  const beside = besideTexts(matrix).map((text) => ({ title: 'Besides', text }));
  return {
    title: `${tool.name}: hazards`,
    version: tool.version,
    scenario: 'hazards',
    facts: brokers,
    workload: `${plural(hazards.length, 'hazard')}, controls included`,
    advice: null,
    findings: [{ outcome: outcomes[matrix.outcome], text: matrixConclusion(matrix), because: [...faults, ...beside] }],
    tables: [tableOf(hazards)],
    comparison: null,
    sweeps: [],
    confusion: confusionOf(hazards),
    runs: [],
    runsLeftOut: 0,
    replay,
    environment: machineOf(tool, environment),
    resolved: null,
  };
}

function confusionOf(hazards: readonly HazardTally[]): PageConfusion {
  const named = new Set(hazards.flatMap(({ diagnosed }) => Object.keys(diagnosed)));
  const injected = hazards.filter(({ isControl }) => !isControl).map(({ id }) => id);
  const causes = [...injected, ...[...named].filter((cause) => !injected.includes(cause))];
  return {
    causes,
    hazards: hazards.map((tally) => ({
      ...{ id: tally.id, runs: tally.runs, unexplained: tally.unexplained },
      ...{ notShown: tally.results.notShown, wrong: wrongIn(tally) },
      diagnosed: causes.map((cause) => tally.diagnosed[cause] ?? 0),
      ownLatent: tally.latent[tally.id] ?? 0,
    })),
  };
}

function tableOf(hazards: readonly HazardTally[]): PageTable {
  const titles = ['runs', 'shown', 'named', 'wrong', 'unexplained'];
  const figure = (count: number): PageCell => ({ text: formatCount(count) });
  return {
    caption: 'Hazards',
    columns: [{ title: 'hazard', align: 'left' }, ...titles.map((title) => ({ title, align: 'right' as const }))],
    rows: hazards.map((tally) => {
      const { id, isControl, runs, results, unexplained } = tally;
      const wrong = wrongIn(tally);
      return [
        { text: isControl ? `${id} (control)` : id, outcome: outcomeOf(tally) },
        figure(runs),
        figure(runs - results.notShown),
        figure(results.named),
        { ...figure(wrong), tone: wrong > 0 ? 'bad' : 'aside' },
        { ...figure(unexplained), tone: unexplained > 0 ? 'unsure' : 'aside' },
      ];
    }),
    notes: [hazardLegend],
  };
}

function outcomeOf(tally: HazardTally): PageOutcome {
  if (wrongIn(tally) > 0) return 'violated';
  return tally.results.named === 0 ? 'inconclusive' : 'ordered';
}
