/** The counts of a row of which more is worse: the deciding anomalies, and events not handled when the run ended (`unseen`). */
export const worseCounts = [
  'violations',
  'regressions',
  'duplicates.total',
  'lost',
  'unseen',
  'phantoms',
  'storeInversions',
  'splitKeys',
  'overlaps',
  'completionInversions',
] as const;
