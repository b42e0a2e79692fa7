/**
 * What has become of a unit's events that are still open when the run ends? An event that was published and
 * acknowledged and never finished is a *loss* if the drain is complete, and *unseen* if it is not. An event whose
 * publish calls all failed and that was observed all the same is *recovered*. Gaps that no late arrival has closed are
 * losses or stay *open*.
 */
import type { Drain } from '../domain/drain.js';
import { isMissing } from './arrivals.js';
import type { ExposureCounts } from './exposure.js';
import type { Unit } from './unit.js';

export interface UnitEnd {
  readonly unit: Unit;
  readonly lost: number;
  readonly unseen: number;
  readonly openGaps: number;
  readonly recovered: number;
}

/** Also adds the pairs whose lower event never finished to the exposure. */
export function endOf(unit: Unit, drain: Drain, exposure: ExposureCounts): UnitEnd {
  let unhandled = 0;
  let unhandledGaps = 0;
  let recovered = 0;
  for (const event of unit.openEvents()) {
    if (!event.finished) exposure.add(event);
    if (event.published && event.acked && !event.finished) {
      unhandled++;
      if (isMissing(unit, event.version)) unhandledGaps++;
    }
    if (event.published && event.refused && !event.acked && event.started) recovered++;
  }
  const lost = drain.complete ? unhandled : 0;
  const lostGaps = drain.complete ? unhandledGaps : 0;
  return {
    unit,
    lost,
    unseen: unhandled - lost,
    openGaps: (unit.missing?.size ?? 0) - lostGaps,
    recovered,
  };
}
