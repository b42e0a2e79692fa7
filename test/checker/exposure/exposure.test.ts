/**
 * How much a zero is worth: of two consecutive versions v and v + 1, both published, the pair is contested if v + 1 was
 * acknowledged or delivered before v had finished; in flight if each of the two was delivered before the other had
 * finished; split if, in flight, the two were held by different subscriptions that were both alive; inverted if v + 1
 * started first. What is at risk besides pairs in flight, the judge knows.
 */
import { describe, expect, it } from 'vitest';
import { handledInOrder, History } from '../support/history.js';

describe('pairs of consecutive versions', () => {
  it('are not contested where each version is published only after the last was handled', () => {
    const history = new History();
    for (const version of [1, 2, 3]) {
      history.publishAcked([version]);
      history.handle(version);
    }
    const { exposure } = history.verdict();
    expect(exposure).toMatchObject({ pairs: 2, contestedPairs: 0, inFlightPairs: 0, splitPairs: 0, invertedPairs: 0 });
    expect(exposure.regressionRate).toEqual({ value: null, low95: null, high95: null });
  });

  it('are contested where the next version was acknowledged before this one finished', () => {
    const { exposure } = handledInOrder([1, 2, 3]).verdict();
    expect(exposure).toMatchObject({ pairs: 2, contestedPairs: 2, inFlightPairs: 0 });
    expect(exposure.regressionRate.value).toBe(0);
  });

  it('are in flight where the next version was delivered before this one finished', () => {
    const history = new History();
    history.publish(1);
    history.publish(2);
    const first = history.start(history.deliver(1));
    const second = history.deliver(2);
    history.finish(first);
    history.finish(history.start(second));
    const { exposure } = history.verdict();
    expect(exposure).toMatchObject({ contestedPairs: 1, inFlightPairs: 1, splitPairs: 0, invertedPairs: 0 });
  });

  it('are split where their first deliveries came to different subscriptions', () => {
    for (const order of [[1, 2] as const, [2, 1] as const]) {
      const history = new History();
      history.publishAcked([1, 2]);
      const deliveries = order.map((version) => history.deliver(version, { subscription: version - 1 }));
      for (const delivery of deliveries) history.finish(history.start(delivery));
      expect(history.verdict().exposure).toMatchObject({ inFlightPairs: 1, splitPairs: 1 });
    }
  });

  it('are not in flight where the lower one came after the higher one had finished', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.handle(2);
    history.handle(1);
    const { exposure } = history.verdict();
    expect(exposure).toMatchObject({ contestedPairs: 1, inFlightPairs: 0, atRiskPairs: 0, invertedPairs: 1 });
  });

  it('are at risk where they are in flight', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const deliveries = [history.deliver(1), history.deliver(2)];
    for (const delivery of deliveries) history.finish(history.start(delivery));
    expect(history.verdict().exposure).toMatchObject({ inFlightPairs: 1, heldBackPairs: 0, atRiskPairs: 1 });
  });

  it('are in flight also where the first one’s handling failed and only a redelivery of it finished', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.finish(history.start(history.deliver(1)), 'failed');
    history.handle(2, { subscription: 1 });
    history.handle(1, { deliveryCount: 2 });
    expect(history.verdict().exposure).toMatchObject({ inFlightPairs: 1, splitPairs: 1 });
  });

  it('are not split between a dead subscription and its successor', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    const first = history.start(history.deliver(1, { subscription: 0 }));
    history.finish(first, 'crashed');
    history.ended(0);
    history.handle(2, { subscription: 1 });
    history.handle(1, { subscription: 1, deliveryCount: 2 });
    expect(history.verdict().exposure).toMatchObject({ inFlightPairs: 1, splitPairs: 0 });
  });

  it('are split where the subscription died only after the other had got the second one, whichever that is', () => {
    for (const [order, ended] of [
      [[1, 2], 0],
      [[2, 1], 1],
    ] as const) {
      const history = new History();
      history.publishAcked([1, 2]);
      const deliveries = order.map((version) => history.deliver(version, { subscription: version - 1 }));
      history.ended(ended);
      for (const delivery of deliveries) history.finish(history.start(delivery));
      expect(history.verdict().exposure).toMatchObject({ inFlightPairs: 1, splitPairs: 1 });
    }
  });

  it('are split whatever has become of the subscription that came second', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.ended(1);
    const deliveries = [history.deliver(1), history.deliver(2, { subscription: 1 })];
    for (const delivery of deliveries) history.finish(history.start(delivery));
    expect(history.verdict().exposure.splitPairs).toBe(1);
  });

  it('are not in flight where one of them was never delivered', () => {
    const history = new History();
    history.publishAcked([1, 2]);
    history.handle(2, { subscription: 1 });
    expect(history.verdict().exposure).toMatchObject({ contestedPairs: 1, inFlightPairs: 0, splitPairs: 0 });
  });

  it('are inverted where the next version started first', () => {
    const { exposure } = handledInOrder([2, 1, 3]).verdict();
    expect(exposure).toMatchObject({ pairs: 2, contestedPairs: 2, invertedPairs: 1 });
    expect(exposure.regressionRate).toEqual({ value: 0.5, low95: null, high95: null });
  });

  it('are contested where this version never finished', () => {
    const history = new History();
    history.publishAcked([1]);
    history.finish(history.start(history.deliver(1)), 'failed');
    history.publishAcked([2]);
    expect(history.verdict().exposure.contestedPairs).toBe(1);
  });

  it('are none where one of the two was not published', () => {
    const history = new History();
    history.publishAcked([1, 3]);
    history.handleAll([1, 2, 3]);
    expect(history.verdict().exposure).toMatchObject({ pairs: 0, contestedPairs: 0 });
  });

  it('are found also where several publishers make the calls out of order', () => {
    const history = new History();
    history.publishAcked([2]);
    history.handle(2, { subscription: 1 });
    history.publishAcked([1]);
    history.handle(1);
    const { exposure } = history.verdict();
    expect(exposure).toMatchObject({ pairs: 1, contestedPairs: 1, inFlightPairs: 0, splitPairs: 0, invertedPairs: 1 });
  });
});
