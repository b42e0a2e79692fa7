/**
 * The transcript of a script: what was received, by whom, in which order. A transcript is a list of entries; a token is
 * how an entry is written in a script: `3` the first delivery of stream sequence 3, `3r` its second, `3r2` its third
 * (redelivered twice), `3@a` that it came on subject a, `408` a status, `408:requests-pending` a status with its
 * description, `1d` a publish that was found to be a duplicate, `A:3` (in the order of all) what puller A received.
 */

export interface Delivery {
  readonly kind: 'delivery';
  readonly sequence: number;
  /** From 1. */
  readonly count: number;
  readonly subject: string;
  /** How many deliveries the durable had made, this one included. */
  readonly consumerSequence: number;
  /** Messages that the durable had not delivered yet. */
  readonly pending: number;
  /** Of the pin that it was delivered to; null: nobody is pinned. */
  readonly pinId: string | null;
  /** What the target needs to settle it. */
  readonly handle: unknown;
}

export interface Status {
  readonly kind: 'status';
  readonly code: number;
  readonly description: string;
}

export interface PublishAnswer {
  readonly kind: 'published';
  readonly sequence: number;
  readonly duplicate: boolean;
}

export interface Advisory {
  readonly kind: 'advisory';
  readonly sequence: number;
}

export type Entry = Delivery | Status | PublishAnswer | Advisory;

/** An entry as written in a script; null: the script does not say. */
export interface Token {
  readonly text: string;
  readonly puller: string | null;
  /** Stream sequence, or code of a status. */
  readonly number: number;
  readonly isStatus: boolean;
  readonly count: number;
  readonly isDuplicate: boolean;
  readonly subject: string | null;
  readonly description: string | null;
}

const tokenPattern = /^(?:([A-Za-z]\w*):)?(\d+)(r\d*|d)?(?:@([\w.]+)|:([\w-]+))?$/;
const statusCodes = new Set([404, 408, 409, 423, 503]);

/** Null if the word is no token. */
export function parseToken(word: string): Token | null {
  const match = tokenPattern.exec(word);
  if (match === null) return null;
  const [, puller, digits, mark = '', subject, description] = match;
  const number = Number(digits);
  const isStatus = statusCodes.has(number) && mark === '' && subject === undefined;
  if (description !== undefined && !isStatus) return null;
  return {
    text: word,
    puller: puller ?? null,
    number,
    isStatus,
    count: mark.startsWith('r') ? Number(mark.slice(1) || '1') + 1 : 1,
    isDuplicate: mark === 'd',
    subject: subject ?? null,
    description: description ?? null,
  };
}

/** `2..4r` is `2r 3r 4r`. */
export function expandTokens(word: string): string[] {
  const match = /^(\d+)\.\.(\d+)(r\d*)?$/.exec(word);
  if (match === null) return [word];
  const [, from, to, mark = ''] = match;
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => `${Number(from) + i}${mark}`);
}

/** An entry as a script would write it, without subject. */
export function showEntry(entry: Entry): string {
  switch (entry.kind) {
    case 'delivery':
      return `${entry.sequence}${entry.count === 1 ? '' : entry.count === 2 ? 'r' : `r${entry.count - 1}`}`;
    case 'status':
      return `${entry.code}`;
    case 'published':
      return `${entry.sequence}${entry.duplicate ? 'd' : ''}`;
    case 'advisory':
      return `${entry.sequence}`;
  }
}

/** An entry with all that is known of it. */
export function describeEntry(entry: Entry): string {
  if (entry.kind === 'delivery') return `${showEntry(entry)}@${entry.subject}`;
  if (entry.kind === 'status') return `${showEntry(entry)}:${slug(entry.description)}`;
  return showEntry(entry);
}

export function entryMatches(token: Token, entry: Entry): boolean {
  switch (entry.kind) {
    case 'delivery':
      return (
        !token.isStatus &&
        token.number === entry.sequence &&
        token.count === entry.count &&
        (token.subject === null || token.subject === entry.subject)
      );
    case 'status':
      return (
        token.isStatus &&
        token.number === entry.code &&
        (token.description === null || token.description === slug(entry.description))
      );
    case 'published':
      return token.number === entry.sequence && token.isDuplicate === entry.duplicate;
    case 'advisory':
      return token.number === entry.sequence;
  }
}

function slug(description: string): string {
  return description
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

export interface Received {
  readonly channel: string;
  readonly entry: Entry;
}

/** Everything received in one run of a script, with how far each channel has been read by the script. */
export class Transcript {
  readonly #all: Received[] = [];
  readonly #byChannel = new Map<string, Entry[]>();
  readonly #readTo = new Map<string, number>();
  #orderReadTo = 0;
  /** Entries that an `expect order` or an `expect` of their own channel has read. */
  readonly #read = new Set<Entry>();
  #onChange: () => void = () => {};

  /** @param channel a puller, `advisories` or `published` */
  add(channel: string, entry: Entry): void {
    const isPuller = entry.kind === 'delivery' || entry.kind === 'status';
    if (isPuller) this.#all.push({ channel, entry });
    const entries = this.#byChannel.get(channel);
    if (entries === undefined) this.#byChannel.set(channel, [entry]);
    else entries.push(entry);
    this.#onChange();
  }

  /** Called after each entry. One listener at a time. */
  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  /** What a channel has received and the script has not read yet. */
  unread(channel: string): readonly Received[] {
    if (channel === 'order') return this.#all.slice(this.#orderReadTo);
    const entries = this.#byChannel.get(channel) ?? [];
    return entries.slice(this.#readTo.get(channel) ?? 0).map((entry) => ({ channel, entry }));
  }

  read(channel: string, count: number): void {
    for (const { entry } of this.unread(channel).slice(0, count)) this.#read.add(entry);
    if (channel === 'order') this.#orderReadTo += count;
    else this.#readTo.set(channel, (this.#readTo.get(channel) ?? 0) + count);
  }

  /** What pullers received and no `expect` has read, neither its own nor `order`. */
  unexpected(): readonly Received[] {
    return this.#all.filter(({ entry }) => !this.#read.has(entry));
  }

  /** Of the pin that a puller was told of last; null: of none. */
  pinOf(puller: string): string | null {
    const last = (this.#byChannel.get(puller) ?? []).findLast((entry) => entry.kind === 'delivery');
    return last?.kind === 'delivery' ? last.pinId : null;
  }

  /** The delivery that a puller received and that a script calls by this token; the last such. */
  delivery(puller: string, token: Token): Delivery | null {
    const entries = this.#byChannel.get(puller) ?? [];
    const found = entries.findLast((entry) => entry.kind === 'delivery' && entryMatches(token, entry));
    return found?.kind === 'delivery' ? found : null;
  }

  toString(): string {
    return this.#all.map(({ channel, entry }) => `${channel}:${describeEntry(entry)}`).join(' ') || '(nothing)';
  }
}
