/**
 * Reads the comparison and the sweeps of a report of version 1.x: without pairs at risk, bounds by the run and parts of
 * the recommendation, which it did not know. What a strategy was not said to survive is not claimed. A bound that was
 * taken over pairs is dropped: pairs of one run hang together, so it held of nothing.
 */
type Fields = Readonly<Record<string, unknown>>;

/** @param report JSON of a report of version 1.x */
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
    ...comparison,
    candidates: Array.isArray(candidates) ? candidates.map(candidateOf) : candidates,
    recommendation: isObject(recommendation)
      ? { headline: recommendation['text'], parts: [], ...recommendation }
      : recommendation,
  };
}

function candidateOf(candidate: unknown): unknown {
  if (!isObject(candidate)) return candidate;
  const { guarantee } = candidate;
  return {
    repairs: null,
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
