/** Requests of OTLP/JSON, one a line. The aggregates of each are its own, so that what is read of it can be told. */
import type { Prng } from '../../../../src/runtime/ports.js';
import type { Taken } from './read-in-pieces.js';

export interface DrawnRequest {
  readonly line: string;
  /** What is read of it, in the order of times: a start and a finish for each span. */
  readonly events: readonly (Omit<Taken, 'kind' | 'number'> & { readonly ns: bigint })[];
}

const begin = 1_767_225_600_000_000_000n;

export const requestMap = 'aggregate=attr:order.id,version=attr:order.version';

/** @param prefix of the aggregates' names */
export function drawRequest(prefix: string, index: number, prng: Prng): DrawnRequest {
  const aggregate = `${prefix}-${prng.below(3)}`;
  const spans = Array.from({ length: 1 + prng.below(2) }, (_, at) => {
    const version = String(1 + prng.below(9));
    const startNs = begin + BigInt(index) * 100_000n + BigInt(at) * 1_000n + BigInt(prng.below(900));
    return { version, startNs, endNs: startNs + 50_000_000n };
  });
  return {
    line: JSON.stringify(requestOf(aggregate, spans, prng)),
    events: spans.flatMap(({ version, startNs, endNs }) =>
      [startNs, endNs].map((ns) => ({ aggregate, version, topic: 'orders', ns })),
    ),
  };
}

interface DrawnSpan {
  readonly version: string;
  readonly startNs: bigint;
  readonly endNs: bigint;
}

function requestOf(aggregate: string, spans: readonly DrawnSpan[], prng: Prng): object {
  const attribute = (key: string, value: object): object => ({ key, value });
  const made = spans.map(({ version, startNs, endNs }) => ({
    ...{ spanId: String(startNs), name: 'say "hi" {[', kind: prng.float() < 0.5 ? 5 : 'SPAN_KIND_CONSUMER' },
    ...{ startTimeUnixNano: String(startNs), endTimeUnixNano: String(endNs), status: {} },
    attributes: [
      attribute('order.id', { stringValue: aggregate }),
      attribute('order.version', { intValue: prng.float() < 0.5 ? version : Number(version) }),
      attribute('messaging.destination.name', { stringValue: 'orders' }),
    ],
  }));
  const resource = { attributes: [attribute('service.instance.id', { stringValue: 'i-1' })] };
  return { resourceSpans: [{ resource, scopeSpans: [{ spans: made }] }] };
}
