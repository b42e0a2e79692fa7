/**
 * Encodes the two requests that a greeting sends, and decodes their answers: ApiVersions and SaslHandshake, which every
 * listener answers before a login (kafkajs does not read the broker's features and refusals from them). The layouts are
 * those of Kafka's protocol guide, https://kafka.apache.org/protocol. A request is an int32 length, API key, version,
 * correlation id, client id, and its fields; numbers are big-endian.
 */

const apiKeys = { apiVersions: 18, saslHandshake: 17 } as const;

export interface ApiRange {
  readonly min: number;
  readonly max: number;
}

export interface ApiVersions {
  /** 0: no error; 35: the broker does not know this version of ApiVersions itself. */
  readonly errorCode: number;
  /** The versions of each request that the broker accepts, by API key. */
  readonly ranges: ReadonlyMap<number, ApiRange>;
  /** The highest level of each feature that the broker's software knows; empty where it tells none. */
  readonly features: ReadonlyMap<string, number>;
}

export const unsupportedVersion = 35;

const clientId = 'eventbus-bench';

/** Version 3 also asks for features; every broker since 0.10 answers version 0. */
export function apiVersionsRequest(version: 0 | 3, correlationId: number): Buffer {
  if (version === 0) return request(apiKeys.apiVersions, 0, correlationId, Buffer.alloc(0));
  const tool = compactText(clientId);
  return request(apiKeys.apiVersions, 3, correlationId, Buffer.concat([Buffer.of(0), tool, tool, Buffer.of(0)]));
}

export function saslHandshakeRequest(mechanism: string, correlationId: number): Buffer {
  return request(apiKeys.saslHandshake, 1, correlationId, text(mechanism));
}

/** @param body the answer behind its correlation id. @throws {RangeError} if it is cut short */
export function readApiVersions(version: 0 | 3, body: Buffer): ApiVersions {
  const reader = new Reader(body);
  const errorCode = reader.int16();
  const ranges = new Map<number, ApiRange>();
  // A broker that does not know version 3 answers as version 0 does.
  const isFlexible = version === 3 && errorCode !== unsupportedVersion;
  const count = isFlexible ? reader.varint() - 1 : reader.int32();
  for (let i = 0; i < count; i++) {
    ranges.set(reader.int16(), { min: reader.int16(), max: reader.int16() });
    if (isFlexible) reader.tags();
  }
  if (!isFlexible) return { errorCode, ranges, features: new Map() };
  reader.int32(); // Throttle time.
  return { errorCode, ranges, features: featuresIn(reader.tags().get(0)) };
}

export interface SaslHandshake {
  /** 0: the mechanism is accepted; 33: it is not; 34: this listener has no logins. */
  readonly errorCode: number;
  /** The mechanisms that the listener accepts, by the broker's names: `PLAIN`. */
  readonly mechanisms: readonly string[];
}

/** @throws {RangeError} if it is cut short */
export function readSaslHandshake(body: Buffer): SaslHandshake {
  const reader = new Reader(body);
  const errorCode = reader.int16();
  return { errorCode, mechanisms: Array.from({ length: Math.max(0, reader.int32()) }, () => reader.text()) };
}

/** Reads features: their number plus one, then for each its name, lowest level, highest level and tags. */
function featuresIn(tag: Buffer | undefined): ReadonlyMap<string, number> {
  const features = new Map<string, number>();
  if (tag === undefined) return features;
  const reader = new Reader(tag);
  for (let left = reader.varint() - 1; left > 0; left--) {
    const name = reader.compactText();
    reader.int16();
    features.set(name, reader.int16());
    reader.tags();
  }
  return features;
}

/** Encodes a request. `fields` begins with the header's tag section where it has one (here only ApiVersions 3). */
function request(apiKey: number, version: number, correlationId: number, fields: Buffer): Buffer {
  const header = Buffer.alloc(8);
  header.writeInt16BE(apiKey, 0);
  header.writeInt16BE(version, 2);
  header.writeInt32BE(correlationId, 4);
  const body = Buffer.concat([header, text(clientId), fields]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  const length = Buffer.alloc(2);
  length.writeInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Encodes a text shorter than 127 bytes, whose length fits into one byte. */
function compactText(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  return Buffer.concat([Buffer.of(bytes.length + 1), bytes]);
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  int16(): number {
    this.#at += 2;
    return this.#bytes.readInt16BE(this.#at - 2);
  }

  int32(): number {
    this.#at += 4;
    return this.#bytes.readInt32BE(this.#at - 4);
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes.readUInt8(this.#at++);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }

  text(): string {
    return this.#take(this.int16()).toString('utf8');
  }

  compactText(): string {
    return this.#take(this.varint() - 1).toString('utf8');
  }

  /** Reads a tag section: the fields by tag number. */
  tags(): ReadonlyMap<number, Buffer> {
    const tags = new Map<number, Buffer>();
    for (let left = this.varint(); left > 0; left--) {
      const tag = this.varint();
      tags.set(tag, this.#take(this.varint()));
    }
    return tags;
  }

  #take(length: number): Buffer {
    if (length < 0 || this.#at + length > this.#bytes.length) throw new RangeError('the answer is cut short');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
