import { describe, expect, it } from 'vitest';
import { consumerOf, readAckSubject } from '../../../src/broker/nats/ack-subject.js';

function read(subject: string) {
  const metadata = { deliveryCount: 0, streamSequence: 0, consumerSequence: 0 };
  return readAckSubject(subject, metadata) ? metadata : null;
}

describe('readAckSubject', () => {
  it('reads the form with 9 tokens', () => {
    expect(read('$JS.ACK.ORDERS.worker.2.93.101.1700000000000000000.5')).toEqual({
      deliveryCount: 2,
      streamSequence: 93,
      consumerSequence: 101,
    });
  });

  it('reads the form with domain and account, with or without a random last token', () => {
    const long = '$JS.ACK.hub.ACCHASH.ORDERS.worker.3.188.190.1700000000000000000.0';
    expect(read(long)).toEqual({ deliveryCount: 3, streamSequence: 188, consumerSequence: 190 });
    expect(read(`${long}.x7Qy`)).toEqual({ deliveryCount: 3, streamSequence: 188, consumerSequence: 190 });
  });

  it('names its consumer, in either form', () => {
    expect(consumerOf('$JS.ACK.ORDERS.worker.2.93.101.1700000000000000000.5')).toBe('worker');
    const long = '$JS.ACK.hub.ACCHASH.ORDERS.worker.3.188.190.1700000000000000000.0';
    expect(consumerOf(long)).toBe('worker');
    expect(consumerOf(`${long}.x7Qy`)).toBe('worker');
  });

  it.each([
    '',
    '_INBOX.abc.1',
    '$JS.ACK.ORDERS.worker.2.93',
    '$JS.ACK.a.b.c.d.e.f.g.h.i.j.k',
    '$JS.ACK.ORDERS.worker.two.93.101.1700000000000000000.5',
    '$JS.ACK.ORDERS.worker.1..101.1700000000000000000.5',
  ])('takes %j for none', (subject) => {
    expect(read(subject)).toBeNull();
  });
});
