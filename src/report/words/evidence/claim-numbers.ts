/** The numbers of a claim, in the words that several claims use. */
import type { CauseEvidence } from '../../../domain/report/cause-evidence.js';
import { formatCount, plural } from '../../../text/numbers.js';

/** A claim as a clause without a full stop. */
export type ClaimText = (say: ClaimNumbers) => string;

export class ClaimNumbers {
  /** 0 where the claim has no number. */
  readonly count: number;
  readonly of: number;

  constructor({ count, of }: Pick<CauseEvidence, 'count' | 'of'>) {
    this.count = count ?? 0;
    this.of = of ?? 0;
  }

  get events(): string {
    return plural(this.count, 'event');
  }

  get pairs(): string {
    return plural(this.count, 'pair');
  }

  get were(): string {
    return this.count === 1 ? 'was' : 'were';
  }

  get retried(): string {
    return `${plural(this.of, 'produce request')} had been sent again`;
  }

  get share(): string {
    return `${formatCount(this.count)} of ${plural(this.of, 'anomaly', 'anomalies')} ${this.were}`;
  }

  get lost(): string {
    return `${formatCount(this.count)} of ${plural(this.of, 'lost event')} ${this.were}`;
  }
}
