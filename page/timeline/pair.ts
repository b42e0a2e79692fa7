/** Which of the events of a timeline are the inverted pair: of each of its versions the first handling. */
import type { PagePair } from '../../src/report/page/page-data.js';
import type { Story } from './story.js';

export type Role = 'late' | 'early' | '';

export function rolesIn(stories: readonly Story[], pair: PagePair | null): (of: Story) => Role {
  if (pair === null) return () => '';
  const first = (version: number): Story | undefined =>
    stories
      .filter((story) => story.version === version && story.start !== null)
      .sort((a, b) => a.start!.stamp - b.start!.stamp)[0];
  const [late, early] = [first(pair.version), first(pair.afterVersion)];
  return (of) => {
    if (of === late) return 'late';
    return of === early ? 'early' : '';
  };
}
