/**
 * Completes the comparison and the sweeps of a report that lacks some of their fields. Version 1.x had no pairs at risk,
 * no bounds over runs and no parts of the recommendation; no report had a probe at first. A threat that the report does not mention counts as not survived. The bounds of
 * the inverted rate are dropped: they were taken over pairs, which are not independent within a run.
 */
type Fields = Readonly<Record<string, unknown>>;

/** @param report JSON of a report; one that has all these fields already is returned unchanged */
export function withOlderComparison(report: object): object {
  const fields = report as Fields;
  return {
    ...report,
    ...('comparison' in report && { comparison: comparisonOf(fields['comparison']) }),
    ...(Array.isArray(fields['sweeps']) && { sweeps: fields['sweeps'].map(seriesOf) }),
  };
}

function comparisonOf(comparison: unknown): unknown {
  if (!isObject(comparison)) return comparison;
  const { candidates, recommendation } = comparison;
  return {
    probe: null,
    probeOmitted: null,
    ...comparison,
    candidates: Array.isArray(candidates) ? candidates.map(candidateOf) : candidates,
    recommendation: isObject(recommendation)
      ? { headline: recommendation['text'], because: null, parts: [], ...recommendation }
      : recommendation,
  };
}

function candidateOf(candidate: unknown): unknown {
  if (!isObject(candidate)) return candidate;
  const { guarantee } = candidate;
  return {
    repairs: null,
    runsViolated: null,
    duplicatesRedone: null,
    probe: null,
    ...figuresOf(candidate),
    guarantee: isObject(guarantee) ? { ...guarantee, survives: survivesOf(guarantee['survives']) } : guarantee,
  };
}

function survivesOf(survives: unknown): unknown {
  return isObject(survives) ? { rebalance: false, partitions: false, ...survives } : survives;
}

function seriesOf(series: unknown): unknown {
  if (!isObject(series) || !Array.isArray(series['points'])) return series;
  return {
    ...series,
    points: series['points'].map((point: unknown) =>
      isObject(point) ? { runsOrdered: null, ...figuresOf(point) } : point,
    ),
  };
}

function figuresOf(figures: Fields): Fields {
  const rate = figures['invertedRate'];
  const isOld = !('atRiskPairs' in figures);
  return {
    atMost: null,
    atRiskPairs: null,
    ...figures,
    ...(isOld && isObject(rate) && { invertedRate: { ...rate, low95: null, high95: null } }),
  };
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
