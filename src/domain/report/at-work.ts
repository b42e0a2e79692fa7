/**
 * Mechanisms that were seen at work while a pair was at risk by them, whether or not anything came of it. The diagnosis
 * reads them where nothing broke: what was at work then is a latent cause.
 */
import { againReasons, type Again } from './anomaly-signature.js';

export interface AtWork {
  /**
   * By why they came again: events of which no handling had succeeded, and that came again while a pair of their queue
   * was in flight.
   */
  readonly cameAgain: Readonly<Record<Again, number>>;
  /** Handlings outside the lanes that began while a pair of their queue was in flight. */
  readonly outsideLanes: number;
  /**
   * Events that came while the bus still had the one delivered before of their aggregate, which was of another topic,
   * and came from another subscription or log.
   */
  readonly besideOtherTopic: number;
}

export function nothingAtWork(): AtWork {
  const none = Object.fromEntries(againReasons.map((reason) => [reason, 0])) as Record<Again, number>;
  return { cameAgain: none, outsideLanes: 0, besideOtherTopic: 0 };
}
