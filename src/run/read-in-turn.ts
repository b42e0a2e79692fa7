/** Reads the sources of a record one after the other: large files ahead, by a thread of its own, the others here. */
import { InterruptedError } from '../domain/errors.js';
import type { RecordSource } from '../domain/record/record-report.js';
import { isWorthReadingAhead, readAhead } from '../record/ahead/read-ahead.js';
import type { AheadProgress } from '../record/ahead/protocol.js';
import { readTogether, usualSharing } from '../record/ahead/read-together.js';
import type { RecordEngine } from '../record/engine.js';
import { HandledEngine } from '../record/handled/handled-engine.js';
import { feed } from '../record/input/feed.js';
import type { SourceOpener } from '../record/input/open-source.js';
import type { Intake } from '../record/intake.js';
import type { AheadFiles, CheckRecordOptions } from './check-record-options.js';
import type { OnBlock, Reading } from './record-reading.js';

/** @throws {NotPacked} if a source cannot be read ahead */
export async function readInTurn(
  intake: Intake,
  engine: RecordEngine,
  options: CheckRecordOptions,
  onBlock: OnBlock,
): Promise<Reading> {
  const reader = new SourcesInTurn(intake, engine, options, onBlock);
  try {
    for (const pass of engine.passes) {
      intake.beginPass(pass);
      for (const [index, opener] of options.sources.entries()) await reader.read(opener, index);
    }
    return { intake, sources: reader.sources, interrupted: false, merge: null };
  } catch (error) {
    if (!(error instanceof InterruptedError) || intake.record === 0) throw error;
    return { intake, sources: reader.sources, interrupted: true, merge: null };
  }
}

class SourcesInTurn {
  readonly sources: RecordSource[] = [];
  readonly #intake: Intake;
  readonly #engine: RecordEngine;
  readonly #options: CheckRecordOptions;
  readonly #onBlock: OnBlock;

  constructor(intake: Intake, engine: RecordEngine, options: CheckRecordOptions, onBlock: OnBlock) {
    this.#intake = intake;
    this.#engine = engine;
    this.#options = options;
    this.#onBlock = onBlock;
  }

  async read(opener: SourceOpener, index: number): Promise<void> {
    const { filter, ahead = null } = this.#options;
    const path = ahead?.paths[index] ?? null;
    if (ahead !== null && path !== null && filter === null && this.#engine instanceof HandledEngine) {
      if (await isWorthReadingAhead(path, ahead.fromBytes)) return this.#readAhead(path, ahead, this.#engine);
    }
    return this.#readHere(opener);
  }

  async #readHere(opener: SourceOpener): Promise<void> {
    const source = await opener.open();
    try {
      this.#intake.begin(source.name);
      const reader = this.#options.readerOf(source, this.#intake);
      await feed(source, { reader, sink: this.#intake }, (bytes) => this.#onBlock(source, bytes, this.#intake.lines));
      this.#takeEnd(source.badEnd ?? null);
    } finally {
      this.#add(source.name, source.format);
      await source.close();
    }
  }

  async #readAhead(
    path: string,
    { reading, sharing = usualSharing }: AheadFiles,
    engine: HandledEngine,
  ): Promise<void> {
    const intake = this.#intake;
    let format: string | null = null;
    intake.begin(path);
    try {
      const order = { path, reading, needsTopic: intake.needsTopic };
      const target = { intake, engine };
      const onRead = (progress: AheadProgress): void => {
        ({ format } = progress);
        this.#onBlock({ name: path, totalBytes: progress.totalBytes }, progress.bytes, intake.lines);
      };
      const end = (await readTogether(order, target, sharing, onRead)) ?? (await readAhead(order, target, onRead));
      ({ format } = end);
      intake.passed(0, end.lines);
      this.#takeEnd(end.badEnd);
    } finally {
      this.#add(path, format);
    }
  }

  #takeEnd(badEnd: string | null): void {
    if (badEnd !== null) this.#intake.bad(this.#intake.lines + 1, badEnd, '');
  }

  #add(name: string, format: string | null): void {
    // Read once more, it is the same source.
    if (this.sources.length < this.#options.sources.length) {
      this.sources.push({ name, format: format ?? 'unknown', lines: this.#intake.lines });
    }
  }
}
