/** The parts of an ExportTraceServiceRequest in OTLP/JSON that are read. All of it may be missing, or of another type. */

export interface OtlpSpan {
  readonly spanId?: unknown;
  readonly name?: unknown;
  readonly kind?: unknown;
  readonly startTimeUnixNano?: unknown;
  readonly endTimeUnixNano?: unknown;
  readonly attributes?: unknown;
  readonly status?: { readonly code?: unknown; readonly message?: unknown } | null;
}

/** A span, and the attributes of the process that it is from. */
export interface SpanOfResource {
  readonly span: OtlpSpan;
  readonly resource: ReadonlyMap<string, string>;
}

/** @returns null: it is no request */
export function spansOf(document: unknown): SpanOfResource[] | null {
  const resourceSpans = memberOf(document, 'resourceSpans') ?? memberOf(document, 'resource_spans');
  if (!Array.isArray(resourceSpans)) return null;
  return (resourceSpans as unknown[]).flatMap((one) => {
    const resource = attributesOf(memberOf(memberOf(one, 'resource'), 'attributes'));
    const scopes = listOf(memberOf(one, 'scopeSpans') ?? memberOf(one, 'instrumentationLibrarySpans'));
    return scopes
      .flatMap((scope) => listOf(memberOf(scope, 'spans')))
      .filter((span) => typeof span === 'object' && span !== null)
      .map((span) => ({ span: span, resource }));
  });
}

/** Attributes as text, by their keys. Arrays and maps are left out. */
export function attributesOf(list: unknown): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const one of listOf(list)) {
    const key = memberOf(one, 'key');
    const text = textOf(memberOf(one, 'value'));
    if (typeof key === 'string' && text !== null) attributes.set(key, text);
  }
  return attributes;
}

function textOf(value: unknown): string | null {
  for (const kind of ['stringValue', 'intValue', 'doubleValue', 'boolValue']) {
    const text = memberOf(value, kind);
    // JSON has rounded it: no integer is made of it again.
    if (typeof text === 'number' && Math.abs(text) > Number.MAX_SAFE_INTEGER) return `about ${text}`;
    if (typeof text === 'string' || typeof text === 'number' || typeof text === 'boolean') return String(text);
  }
  return null;
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}
