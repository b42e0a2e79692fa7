/** The elements of an HTML document with the names of their attributes, and its text, as a browser would parse it. */
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';

export interface Structure {
  /** `main[id]`, in the order of the document. */
  readonly elements: readonly string[];
  /** Of elements other than scripts and styles. */
  readonly text: string;
}

export function structureOf(html: string): Structure {
  const elements: string[] = [];
  let text = '';
  const walk = (node: Tree.ChildNode): void => {
    if (node.nodeName === '#comment') throw new Error('a comment');
    if ('value' in node) text += node.value;
    if (!('tagName' in node)) return;
    elements.push(`${node.tagName}[${node.attrs.map(({ name }) => name).join(' ')}]`);
    if (node.tagName !== 'script' && node.tagName !== 'style') node.childNodes.forEach(walk);
  };
  parse(html).childNodes.forEach(walk);
  return { elements, text };
}
