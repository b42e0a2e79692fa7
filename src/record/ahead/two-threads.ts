/**
 * Reads the segments of a file in two threads. Each claims the next that nobody has. Those of the other thread come as
 * packs; its own this thread reads when their turn has come, straight into the check. What is behind the segments, to where
 * the file ends by then, is read by this thread.
 */
import type { FileHandle } from 'node:fs/promises';
import { letThrough } from '../../domain/in-steps.js';
import { markBytes } from '../choice/content.js';
import { NotPacked } from '../engine.js';
import { feed } from '../input/feed.js';
import { sourceOf } from '../input/open-source.js';
import { NdjsonReader } from '../ndjson/ndjson-reader.js';
import { pathTree } from '../ndjson/path-tree.js';
import { claimedAt } from './pack.js';
import type { AheadEnd, AheadOrder, AheadProgress, SegmentsOrder } from './protocol.js';
import { ReaderThread } from './reader-thread.js';
import { Segments } from './segments.js';
import { PackTaker, type AheadTarget } from './take-pack.js';

/** How the threads share the segments. */
export interface Sharing {
  /** Of each segment. */
  readonly bytes: number;
  /** Whether this thread claims a segment, when it has none. @param ready packs that wait  @param taken packs so far */
  claims(ready: number, taken: number): boolean;
}

export interface Together {
  readonly file: FileHandle;
  /** Of the file, in bytes. */
  readonly size: number;
  readonly order: Omit<AheadOrder, 'memory'> & { readonly segments: SegmentsOrder };
  readonly target: AheadTarget;
  readonly sharing: Sharing;
  /** Called after each pack and each segment; may throw. */
  onRead(progress: AheadProgress): void;
}

export class TwoThreads {
  readonly #together: Together;
  readonly #thread: ReaderThread;
  readonly #taker: PackTaker;
  readonly #segments: Segments;
  readonly #reader: NdjsonReader;
  /** The segment that this thread has claimed and not read yet: the first one, since it may begin with a mark; null: none. */
  #own: number | null = 0;
  /** The segment whose turn it is. */
  #next = 0;
  /** Lines of the segments before that, and where they end in the file. */
  #lines = 0;
  #end = 0;
  #taken = 0;

  constructor(together: Together) {
    const { order, target } = together;
    this.#together = together;
    this.#taker = new PackTaker(target);
    this.#segments = new Segments(order.segments);
    this.#reader = new NdjsonReader(
      pathTree(order.reading.map, { only: false }),
      order.reading.constants,
      target.intake,
    );
    this.#thread = new ReaderThread(order, 1);
  }

  /** @throws {NotPacked} if the file cannot be read so  @throws {NeedsMore} as {@link PackTaker.take} */
  async read(): Promise<AheadEnd> {
    const { segments } = this.#together.order;
    try {
      while (this.#next < segments.count) {
        const { sharing } = this.#together;
        if (this.#own === null && sharing.claims(this.#thread.ready, this.#taken)) this.#claim();
        if (this.#own === this.#next) await this.#readOwn(this.#own);
        else await this.#takeOne();
      }
      return await this.#readRest();
    } finally {
      await this.#thread.end();
    }
  }

  #claim(): void {
    const number = Atomics.add(this.#thread.counts, claimedAt, 1);
    if (number < this.#together.order.segments.count) this.#own = number;
  }

  async #readOwn(number: number): Promise<void> {
    const { buffer, from, to, end } = this.#segments.read(number);
    this.#own = null;
    const begin = number === 0 ? markBytes(buffer, 0, to) : from;
    this.#reader.startBehind(this.#lines);
    this.#reader.read(buffer, begin, to, false);
    this.#together.target.intake.flush();
    this.#passed(this.#reader.lines, end);
    this.#tell(end);
    // Whatever came meanwhile, such as an interrupt, has its turn.
    await letThrough();
  }

  async #takeOne(): Promise<void> {
    const message = await this.#thread.next();
    if (message?.type === 'segment') {
      this.#passed(this.#lines + message.segment.lines, message.segment.end);
      return;
    }
    if (message?.type !== 'pack') throw new NotPacked();
    this.#taker.take(message.note, this.#thread.columns(message.note.slot), this.#lines);
    this.#thread.release();
    this.#taken++;
    this.#tell(this.#end);
  }

  #passed(lines: number, end: number): void {
    this.#next++;
    this.#lines = lines;
    this.#end = end;
  }

  /** To where the file ends by now. */
  async #readRest(): Promise<AheadEnd> {
    const { file, order, target } = this.#together;
    const source = sourceOf(file, order.path, await file.stat(), this.#end);
    this.#reader.startBehind(this.#lines);
    await feed(source, { reader: this.#reader, sink: target.intake }, (bytes) => this.#tell(this.#end + bytes));
    return { format: 'ndjson', badEnd: source.badEnd ?? null, lines: target.intake.lines };
  }

  #tell(bytes: number): void {
    this.#together.onRead({ format: 'ndjson', totalBytes: this.#together.size, bytes });
  }
}
