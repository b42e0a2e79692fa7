/**
 * Notes of what happens to a run: disturbances and what may be taken for their effects, each at any time, though often
 * an effect is what comes after a disturbance.
 */
import type { DisturbanceAction } from '../../../src/domain/scenario/disturbance.js';
import type { NoteKind, RunNote } from '../../../src/domain/run-note.js';
import { queueNames } from './shapes.js';

type Note = <Kind extends NoteKind>(kind: Kind, detail: RunNote<Kind>['detail']) => void;

/** All but crashes, which come with all that they bring. */
const disturbances = ['join', 'leave', 'stall', 'pause', 'workers', 'partitions', 'restart', 'refuse'] as const;

/** What comes of a disturbance, as {@link RandomNotes.next} numbers it. */
const effects: Readonly<Partial<Record<DisturbanceAction['kind'], number>>> = {
  ...{ workers: 3, pause: 4, restart: 6, refuse: 7, join: 8, leave: 8, stall: 8 },
};

/** Notes that make no anomaly. Of a backoff, one that may explain some. */
const idle: readonly ((note: Note) => void)[] = [
  (note) => note('disturbance', { what: 'the service is back' }),
  (note) => note('disturbance', { what: 'the broker is back' }),
  (note) => note('pull-ended', { subscription: 'subscription-0' }),
  (note) => note('senders', { publisher: 0, connections: 4 }),
  (note) => note('backoff', { queue: 'queue-0', waitsMs: '4 20', ackWaitMs: 60 }),
  (note) => note('resequencer', { depth: 3 }),
];

export class RandomNotes {
  readonly #below: (limit: number) => number;
  readonly #note: Note;
  #epoch = 1;
  #latest: DisturbanceAction['kind'] | null = null;
  #isDrained = false;

  constructor(below: (limit: number) => number, note: Note) {
    this.#below = below;
    this.#note = note;
  }

  /** @returns the disturbance, if it is one */
  next(isNearEnd: boolean, alive: readonly number[]): DisturbanceAction['kind'] | null {
    const subscription = `subscription-${alive[this.#below(alive.length || 1)] ?? 0}`;
    if (isNearEnd && !this.#isDrained && this.#below(3) === 0) {
      this.#isDrained = true;
      this.#note('drain', { complete: true });
      return null;
    }
    const happened = this.#latest !== null && this.#below(2) === 0 ? effects[this.#latest] : undefined;
    this.#latest = null;
    const kind = happened ?? this.#below(10);
    if (kind <= 2) return this.#disturb();
    if (kind === 3) this.#note('resized', { bus: 0, from: 2, to: 1 + this.#below(4) });
    else if (kind === 4) this.#note('paused', { subscription, partitions: 1 });
    else if (kind === 5) this.#note('heartbeat', { subscription, gapMs: this.#below(5000) });
    else if (kind === 6 && this.#below(2) === 0) this.#note('put-out', { subscription, gapMs: this.#below(5000) });
    else if (kind === 6) this.#note('reconnect', { subscription });
    else if (kind === 7) this.#fault(subscription);
    else if (kind === 8) this.#rebalance(subscription);
    else idle[this.#below(idle.length)]!(this.#note);
    return null;
  }

  #disturb(): DisturbanceAction['kind'] {
    const what = disturbances[this.#below(disturbances.length)]!;
    this.#note('disturbance', { what });
    this.#latest = what;
    return what;
  }

  /** Connections of members and of publishers are lost. */
  #fault(subscription: string): void {
    const of = [{}, { publisher: this.#below(3) }, { subscription }][this.#below(3)]!;
    this.#note('fault', { what: ['disconnect', 'produce-retry'][this.#below(2)]!, ...of });
  }

  /** Each member notes a generation, so most are noted more than once. */
  #rebalance(subscription: string): void {
    this.#epoch += this.#below(2);
    const group = queueNames[this.#below(queueNames.length)]!;
    this.#note('rebalance', { group, epoch: this.#epoch, subscription, assigned: '0' });
  }
}
