/** Claims about the order in the bus: queues, lanes, handlers, in words. */
import { formatCount, plural } from '../../../text/numbers.js';
import type { ClaimText } from './claim-numbers.js';

export const busEvidence = {
  'not-lost-at-deliver': () =>
    'had the subscriptions been the cause, the pairs would have been in the wrong order at deliver already',
  'started-in-different-lanes': (say) =>
    `${say.pairs} ${say.were} submitted in order, ran in different lanes and started in the wrong order`,
  'delivered-in-order-to-lanes': (say) =>
    `${say.pairs} ${say.were} delivered in order, ran in different lanes and started in the wrong order`,
  'ran-at-once-in-lanes': (say) =>
    `events of one aggregate ran in several lanes at once (${say.pairs}); had one serial lane had them all, none could`,
  'ran-outside-lanes-in-flight': (say) =>
    `${say.events} ran outside the lanes while pairs of ${say.count === 1 ? 'its' : 'their'} queue were in flight`,
  'overtook-outside-lanes': (say) =>
    `in ${say.pairs} one event ran outside the lanes and overtook the other, which was still queued`,
  'across-resize': (say) =>
    `${say.pairs} of one aggregate ${say.were} in the bus while the number of lanes changed (${plural(say.of, 'change')}), and went to different lanes`,
  'not-across-resize': (say) =>
    `had lanes not been chosen by aggregate, pairs would be in two lanes at any time: ${formatCount(say.count)} were, away from the change`,
  'went-to-a-third-lane': (say) =>
    `had lanes been chosen by aggregate, one would have had all of its events, or another one from some moment on: ${formatCount(say.count)} of ${plural(say.of, 'event')} ran in a third lane after two in different ones`,
  'in-two-lanes': (say) =>
    `had lanes not been chosen by aggregate, both events would have run in lanes: in ${say.pairs} they did`,
  'ran-at-once-in-one-lane': (say) =>
    `${say.pairs} of one aggregate ran at once in one lane, which is to start one after the other has ended`,
  'started-in-one-lane': (say) =>
    `${say.pairs} ${say.were} submitted in order and started in one lane in the wrong order, as handlings may that are on their way to their start at once`,
  'retried-behind-others': (say) =>
    `${say.events} ${say.were} tried again in the lane, and finished behind others that had started later`,
} satisfies Readonly<Record<string, ClaimText>>;
