/** Claims about events that were lost, in words. */
import { plural } from '../../../text/numbers.js';
import type { ClaimText } from './claim-numbers.js';

export const lossEvidence = {
  'lost-acked-early': (say) =>
    `${say.lost} acknowledged before ${say.count === 1 ? 'its' : 'their'} handling had ended, so the broker did not deliver ${say.count === 1 ? 'it' : 'them'} again`,
  'acked-before-start': (say) =>
    `${say.events} ${say.count === 1 ? 'was' : 'were'} acknowledged before ${say.count === 1 ? 'it was' : 'they were'} started, and none after`,
  'lost-unacked': (say) =>
    `had the broker given up, their last delivery would not be acknowledged: so it is with ${say.events}`,
  'lost-acked-after-failure': (say) =>
    `${say.lost} acknowledged though ${say.count === 1 ? 'its' : 'their'} handling had failed`,
  'lost-given-up': (say) =>
    `${say.lost} delivered, not acknowledged, and not delivered again: the broker gave ${say.count === 1 ? 'it' : 'them'} up`,
  'lost-on-the-way': (say) =>
    `${say.lost} never handed over: a service died while ${say.count === 1 ? 'it was' : 'they were'} on the way to it, and the broker sent nothing again`,
  'lost-refused': (say) =>
    `${say.lost} refused by a full queue, and nobody went back to ${say.count === 1 ? 'its' : 'their'} offset`,
  'most-deliveries': (say) => `no event was delivered more than ${plural(say.count, 'time')}`,
  'lost-position-past': (say) =>
    `the handling of ${say.events} failed, and the committed position moved past ${say.count === 1 ? 'it' : 'them'}`,
  'lost-deduplicated': (say) =>
    `${say.lost} not stored: the broker took ${say.count === 1 ? 'it' : 'them'} for a message that it had`,
} satisfies Readonly<Record<string, ClaimText>>;
