/** Texts that somebody may give to an aggregate, a topic or a message in order to do harm where it is shown. */
import fc from 'fast-check';

const markup = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title>',
  '--><!--',
  ']]>',
  '&lt;b&gt;',
];
const formulas = ['=cmd()', '+1+1', '-2+3', '@SUM(1)', '\t=1', '\r=1', '=HYPERLINK("http://evil.example")'];
const terminal = [
  '\u001b[2J\u001b[31m',
  '\u001b]0;title\u0007',
  '\u001b]8;;http://evil.example\u001b\\',
  '\u009b31m',
  '\u0000',
  '\u0008',
  '\u007f',
];
const unicode = ['\u202e', '\u2066', '\u200f', '\u200b', '\ufeff', '\u2028', '\ud800', '\udc00', 'e\u0301', '注文'];
const markdown = [
  '|',
  '`',
  '```',
  '\\',
  '[a](http://evil.example)',
  '![a](http://evil.example)',
  '<http://evil.example>',
  'https://evil.example/',
  'www.evil.example',
  'someone@evil.example',
  '@team',
  '#12',
  '**',
  '~~x~~',
  '$x$',
  '[^1]',
];
const lines = ['\n', '\r\n', '\n# head', '\n- item', '\n\n    code', '\n1. one', '\n| a |', '\n---\n', '\n> quoted'];
const commands = ['::error::x', '\n::set-output name=x::y', '%0A::error::x', '##[error]x', ',title=x::', '%'];

const parts = [...markup, ...formulas, ...terminal, ...unicode, ...markdown, ...lines, ...commands];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...parts) },
  fc.string({ unit: 'binary', maxLength: 6 }),
);

/** Several such texts in one. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(piece, { minLength: 1, maxLength: 5 })
  .map((pieces) => pieces.join(''));

/** Each by itself, so that none is missed by chance. */
export const eachHostileText: readonly string[] = parts;

/** A text of the same kind that does no harm, to compare the structure of a document with. */
export const harmless = 'x';
