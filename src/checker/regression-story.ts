/**
 * A regression as it was seen: the late event, the earliest higher one, and how far apart they were. Names are still
 * integers.
 */
import type { Origin } from '../domain/observation.js';
import type { Sighting } from './sighting.js';

export interface RegressionStory {
  readonly late: Sighting;
  readonly early: Sighting;
  readonly extent: number;
  readonly origin: Origin;
}
