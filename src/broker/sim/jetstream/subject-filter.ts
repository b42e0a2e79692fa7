/**
 * Matches subjects against a pattern. Subjects are tokens between dots; in a pattern `*` stands for one token and `>`,
 * as the last token, for one or more.
 */

/** Whether the subject, which holds no wildcards, is one that the pattern stands for. */
export function subjectMatches(pattern: string, subject: string): boolean {
  if (pattern === subject) return true;
  const wanted = pattern.split('.');
  const tokens = subject.split('.');
  for (const [i, want] of wanted.entries()) {
    if (want === '>') return i < tokens.length;
    if (i >= tokens.length || (want !== '*' && want !== tokens[i])) return false;
  }
  return wanted.length === tokens.length;
}

/** Whether there is a subject that both patterns stand for. */
export function subjectsOverlap(left: string, right: string): boolean {
  const a = left.split('.');
  const b = right.split('.');
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    if (a[i] === '>' || b[i] === '>') return true;
    if (a[i] !== b[i] && a[i] !== '*' && b[i] !== '*') return false;
  }
  return a.length === b.length;
}
