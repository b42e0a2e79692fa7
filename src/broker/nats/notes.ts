/** What a connection tells beside its results: things that happened to it, as a run notes them. */
export type NatsNoteKind = 'disconnect' | 'reconnect' | 'foreign-message' | 'given-up';

export type NatsNoteDetail = Readonly<Record<string, string | number | boolean | null>>;

/**
 * `disconnect`, `reconnect` and `foreign-message` name the `subscription`; `given-up` names the `durable` and the
 * stream `position` of an event that was delivered as often as max_deliver allows.
 */
export type OnNatsNote = (kind: NatsNoteKind, detail: NatsNoteDetail) => void;
