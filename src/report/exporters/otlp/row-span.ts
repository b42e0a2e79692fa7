/** The span of a row as a whole, with what happened to it as events. */
import { toldText, type ToldNames } from '../../timeline/told-names.js';
import type { ToldRow } from '../../timeline/told-rows.js';
import { attributesOf, spanIdOf, spanKinds, traceIdOf, unixNano, type Span } from './attributes.js';

export function rowSpan({ name, told }: ToldRow, identity: string, beginNs: bigint, names: ToldNames): Span {
  const { deliveries, events, incidents } = told;
  const last = [
    ...events.map(({ published }) => published),
    ...deliveries.flatMap(({ delivered, answered, attempts }) => [
      ...[delivered, answered],
      ...attempts.map(({ started, finished }) => finished ?? started),
    ]),
    ...incidents.map(({ moment }) => moment),
  ].reduce((most, moment) => Math.max(most, moment?.ns ?? 0), 0);
  return {
    ...{ traceId: traceIdOf(`${identity} row`), spanId: spanIdOf(`${identity} row`), name: `run ${names.of(name)}` },
    kind: spanKinds.internal,
    ...{ startTimeUnixNano: unixNano(beginNs, 0), endTimeUnixNano: unixNano(beginNs, last) },
    attributes: [],
    events: incidents.map(({ kind, what, moment }) => ({
      ...{ timeUnixNano: unixNano(beginNs, moment.ns), name: names.of(kind) },
      attributes: attributesOf({ 'eventbus_bench.what': toldText(what), 'eventbus_bench.stamp': moment.stamp }),
    })),
  };
}
