/**
 * Records and counts the observations of the main thread itself: notes, and attempts that ended because their thread
 * died. From the count follows how many observations are still under way. Nothing is recorded before the row has begun.
 */
import type { Attempt, AttemptOutcome } from '../../domain/observation.js';
import type { NoteDetail, NoteKind } from '../../domain/run-note.js';
import type { Recorder } from '../../observation/recorder.js';

export class MainThreadRecorder implements Pick<Recorder, 'note' | 'finish'> {
  readonly #recorder: Recorder;
  #hasBegun = false;
  #observations = 0;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** Number of observations recorded so far. */
  get observations(): number {
    return this.#observations;
  }

  begin(): void {
    this.#hasBegun = true;
  }

  note<Kind extends NoteKind>(kind: Kind, detail: NoteDetail<Kind>): void {
    if (!this.#hasBegun) return;
    this.#observations++;
    this.#recorder.note(kind, detail);
  }

  finish(attempt: Attempt, outcome: AttemptOutcome): void {
    if (!this.#hasBegun) return;
    this.#observations++;
    this.#recorder.finish(attempt, outcome);
  }
}
