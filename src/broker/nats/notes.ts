/** The kinds of notes that connections to NATS take: things that happened to a connection. */
export type NatsNoteKind = 'disconnect' | 'reconnect' | 'foreign-message' | 'given-up';

export type NatsNoteDetail = Readonly<Record<string, string | number | boolean | null>>;

/**
 * `disconnect`, `reconnect` and `foreign-message` name the `subscription`; `given-up` names the `durable` and the
 * stream `position` of an event that was delivered as often as max_deliver allows.
 */
export type OnNatsNote = (kind: NatsNoteKind, detail: NatsNoteDetail) => void;
