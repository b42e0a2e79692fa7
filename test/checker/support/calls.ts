/** A history as plain data: the calls that a sink gets, in stamp order. */
import type {
  AckKind,
  Attempt,
  Delivery,
  ObservationSink,
  PublishedEvent,
  PublishResult,
  RunNote,
} from '../../../src/domain/observation.js';

export type Call =
  | { readonly kind: 'publish'; readonly event: PublishedEvent }
  | { readonly kind: 'publishResult'; readonly event: PublishedEvent; readonly result: PublishResult }
  | { readonly kind: 'deliver'; readonly delivery: Delivery }
  | { readonly kind: 'submit'; readonly delivery: Delivery }
  | { readonly kind: 'start'; readonly attempt: Attempt }
  | { readonly kind: 'finish'; readonly attempt: Attempt }
  | {
      readonly kind: 'ack';
      readonly delivery: Delivery;
      readonly ack: AckKind;
      readonly stamp: number;
      readonly atMs: number;
    }
  | { readonly kind: 'note'; readonly note: RunNote };

export function feed(calls: readonly Call[], sink: ObservationSink): void {
  for (const call of calls) {
    switch (call.kind) {
      case 'publish':
        sink.publish(call.event);
        break;
      case 'publishResult':
        sink.publishResult(call.event, call.result);
        break;
      case 'deliver':
        sink.deliver(call.delivery);
        break;
      case 'submit':
        sink.submit(call.delivery);
        break;
      case 'start':
        sink.start(call.attempt);
        break;
      case 'finish':
        sink.finish(call.attempt);
        break;
      case 'ack':
        sink.ack(call.delivery, call.ack, call.stamp, call.atMs);
        break;
      case 'note':
        sink.note(call.note);
        break;
    }
  }
}

/** What the note of a delivery that is let go of says of it. */
export function releaseDetail(delivery: Delivery): RunNote['detail'] {
  const { id, aggregate, topic, version, partition, subscription } = delivery;
  return { delivery: id, aggregate, topic, version, partition, subscriptionIndex: subscription };
}
