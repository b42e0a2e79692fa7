/** A pair lies across a resize if the number of lanes changed while lanes were chosen for it. */
import { describe, expect, it } from 'vitest';
import { History } from '../support/history.js';

type Step = (history: History) => void;

const resize: Step = (history) => history.note('resized', { bus: 0, from: 2, to: 3 });
const nothing: Step = () => {};

interface Resizes {
  readonly beforeSubmits?: Step;
  readonly beforeStarts?: Step;
  readonly afterStarts?: Step;
}

/** Version 2 starts before version 1, in another lane, both having been submitted in order. */
function isAcrossResize({ beforeSubmits = nothing, beforeStarts = nothing, afterStarts = nothing }: Resizes): boolean {
  const history = new History();
  history.publishAcked([1, 2]);
  const deliveries = [1, 2].map((version) => history.deliver(version));
  beforeSubmits(history);
  const [first, second] = deliveries.map((delivery) => history.submit(delivery));
  beforeStarts(history);
  history.finish(history.start(second!, { lane: 1 }));
  history.finish(history.start(first!, { lane: 0 }));
  afterStarts(history);
  const signs = history
    .verdict()
    .signatures.flatMap(({ signature }) => (signature.kind === 'regressions' ? [signature.acrossResize] : []));
  expect(signs).toHaveLength(1);
  return signs[0]!;
}

describe('a pair', () => {
  it('lies across a resize that came while both waited for their lanes', () => {
    expect(isAcrossResize({ beforeStarts: resize })).toBe(true);
  });

  it('does not lie across one that came before both, or after', () => {
    expect(isAcrossResize({ beforeSubmits: resize })).toBe(false);
    expect(isAcrossResize({ afterStarts: resize })).toBe(false);
  });
});
