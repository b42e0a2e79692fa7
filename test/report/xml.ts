/**
 * A parser for well-formed XML 1.0, with as much of the grammar as JUnit XML uses: elements, attributes in double
 * quotes, text, CDATA and the five entities. Throws at anything else, as a strict parser does.
 */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text and CDATA, put together. */
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.-]*="[^"<]*")*)\s*(\/?)>|<\/([A-Za-z][\w.-]*)\s*>|([^<]+)/y;
/** What XML 1.0 allows, https://www.w3.org/TR/xml/#charsets. */
const allowed = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;

export function parseXml(document: string): XmlElement {
  if (!allowed.test(document)) throw new Error('a character that XML 1.0 does not allow');
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/.exec(document);
  if (declaration === null) throw new Error('no XML declaration');
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  token.lastIndex = declaration[0].length;
  while (token.lastIndex < document.length) {
    const at = token.lastIndex;
    const match = token.exec(document);
    if (match === null) throw new Error(`not well-formed at ${at}: ${document.slice(at, at + 40)}`);
    take(match, open);
  }
  const [only, ...others] = root.children;
  if (open.length !== 1 || only === undefined || others.length > 0 || root.text.trim() !== '') {
    throw new Error('not one root element');
  }
  return only;
}

function take(match: RegExpExecArray, open: OpenElement[]): void {
  const [, cdata, name, attributes, empty, closed, text] = match;
  const parent = open.at(-1)!;
  if (cdata !== undefined) {
    parent.text += cdata;
  } else if (text !== undefined) {
    if (text.includes(']]>')) throw new Error(']]> in text');
    parent.text += unescaped(text);
  } else if (closed !== undefined) {
    if (closed !== parent.name) throw new Error(`${parent.name} is closed as ${closed}`);
    open.pop();
  } else {
    const element: OpenElement = { name: name!, attributes: attributesOf(attributes!), children: [], text: '' };
    parent.children.push(element);
    if (empty === '') open.push(element);
  }
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w.-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, unescaped(value!)] as const);
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(pairs);
}

function unescaped(text: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&([^;]*);?/g, (entity, name: string) => {
    const code = /^#x([0-9A-Fa-f]+)$/.exec(name)?.[1];
    const character = code === undefined ? entities[name] : String.fromCodePoint(Number.parseInt(code, 16));
    if (character === undefined || !entity.endsWith(';') || !allowed.test(character)) throw new Error(`${entity}?`);
    return character;
  });
}
