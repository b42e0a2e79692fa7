/**
 * The form of a script that chance draws: consumer settings, and operations one after the other, each at a time of its
 * own. Times lie in slots. An operation is sent at the beginning of a slot, and every duration that a script sets is so
 * many slots and a third, so that what ends by itself ends between two operations.
 */
import type { DurableSettings, SettleKind } from '../script.js';

export const slotMs = 240;
/** What every duration has beyond whole slots. */
export const beyondSlotMs = 80;
/** The latest, after the beginning of its slot, that an operation may be done for a try to count. */
export const latenessMaxMs = 60;

export type Operation =
  | { readonly kind: 'publish'; readonly count: number; readonly subject: string; readonly messageId: string | null }
  | {
      readonly kind: 'pull';
      /** Of the script's durables. */
      readonly durable: number;
      readonly puller: 'A' | 'B';
      readonly batch: number;
      /** null: it never expires. */
      readonly expiresMs: number | null;
      readonly noWait: boolean;
      readonly unheard: boolean;
    }
  | {
      readonly kind: 'settle';
      readonly how: SettleKind;
      readonly durable: number;
      /** Which of the deliveries so far, counted from the last, round and round. Nothing happens if there are none. */
      readonly pick: number;
      readonly delayMs: number | null;
    }
  | { readonly kind: 'close'; readonly durable: number; readonly puller: 'A' | 'B' }
  | { readonly kind: 'delete'; readonly durable: number }
  /** Makes the durable again, with the same settings, if it is not there. */
  | { readonly kind: 'create'; readonly durable: number }
  | { readonly kind: 'info' }
  | { readonly kind: 'pause'; readonly slots: number };

export interface DrawnScript {
  readonly durables: readonly DurableSettings[];
  readonly operations: readonly Operation[];
}

/** So many slots, and what every duration has beyond them. */
export function duration(slots: number): number {
  return slots * slotMs + beyondSlotMs;
}

/** A puller is bound to one durable, whose name it begins with. */
export function pullerName(script: DrawnScript, durable: number, puller: string): string {
  return `${script.durables[durable]!.name}${puller}`;
}

/** The script as one reads it: nearly the language of docs/CONFORMANCE.md. */
export function showScript(script: DrawnScript): string {
  const durables = script.durables.map(showDurable);
  return [...durables, ...script.operations.map((operation) => showOperation(script, operation))].join('\n');
}

export function showDurable(settings: DurableSettings): string {
  const { name, filters, ackWaitMs, maxAckPending, maxDeliver, backoffMs, maxWaiting, ackPolicy } = settings;
  const words = [`durable ${name}`, `ack=${ackPolicy}`, `ack_wait=${ackWaitMs}ms`];
  if (filters.length > 0) words.push(`filter=${filters.join(',')}`);
  if (maxAckPending !== noLimit) words.push(`max_ack_pending=${maxAckPending}`);
  if (maxDeliver !== null) words.push(`max_deliver=${maxDeliver}`);
  if (backoffMs.length > 0) words.push(`backoff=${backoffMs.map((ms) => `${ms}ms`).join(',')}`);
  if (maxWaiting !== null) words.push(`max_waiting=${maxWaiting}`);
  if (settings.startSequence !== 1) words.push(`start=${settings.startSequence}`);
  return words.join(' ');
}

/** max_ack_pending where a script does not limit it. */
export const noLimit = 1000;

function showOperation(script: DrawnScript, operation: Operation): string {
  switch (operation.kind) {
    case 'publish': {
      const id = operation.messageId === null ? '' : ` id=${operation.messageId}`;
      return `publish ${operation.count} on ${operation.subject}${id}`;
    }
    case 'pull': {
      const { durable, puller, batch, expiresMs, noWait, unheard } = operation;
      const expires = expiresMs === null ? 'never' : `${expiresMs}ms`;
      const flags = `${noWait ? ' no_wait' : ''}${unheard ? ' unheard' : ''}`;
      const from = `from ${script.durables[durable]!.name}`;
      return `pull ${pullerName(script, durable, puller)} ${from} batch=${batch} expires=${expires}${flags}`;
    }
    case 'settle': {
      const { how, durable, pick, delayMs } = operation;
      const delay = delayMs === null ? '' : ` delay=${delayMs}ms`;
      return `${how} ${script.durables[durable]!.name} #${pick} from the last${delay}`;
    }
    case 'close':
      return `close ${pullerName(script, operation.durable, operation.puller)}`;
    case 'delete':
    case 'create':
      return `${operation.kind} ${script.durables[operation.durable]!.name}`;
    case 'info':
      return 'info';
    case 'pause':
      return `pause ${operation.slots * slotMs}ms`;
  }
}
