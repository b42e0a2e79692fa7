/** Draws histories of a bus as the lines that its record has: several topics and sources, with all that can go wrong. */
import type { Prng } from '../../../src/runtime/ports.js';

export interface HistoryLine {
  readonly ev: 'publish' | 'acked' | 'deliver' | 'start' | 'finish' | 'ack' | 'handled';
  readonly aggregate: string;
  readonly topic: string;
  readonly source: string;
  readonly version: bigint;
  readonly id?: string;
  readonly delivery?: string;
  readonly subscription?: string;
  readonly partition?: number;
  readonly position?: number;
  readonly ok?: boolean;
}

/** A line, and when it is written. */
type Timed = readonly [at: number, line: HistoryLine];

const bases = [1n, 1n, 0n, -3n, 1_000n, 2n ** 53n - 4n, -(2n ** 53n), 2n ** 60n, 2n ** 63n - 30n];

export class HistoryDrawer {
  readonly #prng: Prng;
  readonly #lines: Timed[] = [];
  #deliveries = 0;
  #positions = 0;

  constructor(prng: Prng) {
    this.#prng = prng;
  }

  draw(): readonly HistoryLine[] {
    const aggregates = 1 + this.#upTo(3);
    for (let aggregate = 0; aggregate < aggregates; aggregate++) this.#aggregate(`agg-${aggregate}`);
    return this.#lines.toSorted(([a], [b]) => a - b).map(([, line]) => line);
  }

  #upTo(most: number): number {
    return Math.floor(this.#prng.float() * (most + 1));
  }

  #chance(share: number): boolean {
    return this.#prng.float() < share;
  }

  #aggregate(aggregate: string): void {
    const base = bases[this.#upTo(bases.length - 1)]!;
    for (const topic of ['t1', 't2']) {
      if (topic === 't2' && this.#chance(0.6)) continue;
      for (const source of ['s1', 's2']) {
        if (source === 's2' && this.#chance(0.85)) continue;
        this.#unit({ aggregate, topic, source }, base);
      }
    }
  }

  #unit(unit: Pick<HistoryLine, 'aggregate' | 'topic' | 'source'>, base: bigint): void {
    const versions = 1 + this.#upTo(9);
    const disorder = this.#chance(0.5) ? 3 : 30;
    for (let index = 0; index < versions; index++) {
      const at = index * 10 + this.#prng.float() * disorder;
      const event = { ...unit, version: base + BigInt(index) };
      if (this.#chance(0.9)) this.#publish(event, at);
      const deliveries = this.#chance(0.12) ? 0 : this.#chance(0.2) ? 2 : 1;
      for (let count = 0; count < deliveries; count++) this.#deliver(event, at + 1 + count * this.#upTo(40));
    }
  }

  #publish(event: Pick<HistoryLine, 'aggregate' | 'topic' | 'source' | 'version'>, at: number): void {
    const ok = !this.#chance(0.15);
    this.#lines.push([at, { ev: 'publish', ...event }], [at + this.#prng.float() * 5, { ev: 'acked', ...event, ok }]);
    if (!ok && this.#chance(0.5)) this.#publish(event, at + 5 + this.#prng.float() * 20);
  }

  #deliver(event: Pick<HistoryLine, 'aggregate' | 'topic' | 'source' | 'version'>, begins: number): void {
    const disorder = this.#chance(0.3) ? 30 : 0;
    const position = Math.floor(begins) * 1_000 + this.#upTo(disorder) * 1_000 + ++this.#positions;
    const place = { partition: this.#chance(0.1) ? 1 : 0, position };
    const told = { ...event, delivery: `d${this.#deliveries++}`, subscription: 'c1', ...place };
    let at = begins + this.#prng.float() * 10;
    if (!this.#chance(0.1)) this.#lines.push([at, { ev: 'deliver', ...told }]);
    for (let attempt = 0; attempt < 3; attempt++) {
      at += this.#prng.float() * 10;
      this.#lines.push([at, { ev: 'start', ...told }]);
      // Cut off by a crash.
      if (this.#chance(0.06)) return;
      at += this.#prng.float() * 15;
      const ok = !this.#chance(0.15);
      this.#lines.push([at, { ev: 'finish', ...told, ok }]);
      if (ok) break;
      if (this.#chance(0.5)) return;
    }
    this.#lines.push([at + this.#prng.float(), { ev: 'ack', ...told }]);
  }
}
