/**
 * Tells whether a YAML text is nested deeper than any scenario. It reads the tokens before the text is parsed: the
 * parser descends into what is nested, and a few kilobytes of brackets exhaust the stack of the whole process.
 */
import { CST, Lexer } from 'yaml';

/** A scenario needs four levels. */
const depthMax = 50;
const indentationMax = 200;

export function isNestedTooDeeply(text: string): boolean {
  let flowDepth = 0;
  let blocksInLine = 0;
  let atLineStart = true;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === 'flow-seq-start' || type === 'flow-map-start') flowDepth += 1;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') flowDepth -= 1;
    else if (type === 'seq-item-ind' || type === 'explicit-key-ind') blocksInLine += 1;
    else if (type === 'newline') blocksInLine = 0;
    else if (type === 'space' && atLineStart && token.length > indentationMax) return true;
    if (flowDepth > depthMax || blocksInLine > depthMax) return true;
    atLineStart = type === 'newline';
  }
  return false;
}
