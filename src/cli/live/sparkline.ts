/**
 * Draws figures over time as a line of blocks. The highest is a full block, nothing is the lowest one, and whatever is
 * above nothing stands higher than that.
 */

export const blocks = '▁▂▃▄▅▆▇█';
/** For terminals that show ASCII only. */
export const asciiBlocks = '_.-:=+*#';

/** The figures in at most so many columns, from left to right; each column is the mean of the time that it covers. */
export function sparkline(figures: readonly number[], columns: number, levels = blocks): string {
  const shown = figures.length <= columns ? figures : means(figures, columns);
  const highest = Math.max(...shown, 0);
  const top = levels.length - 1;
  return shown
    .map((figure) => levels.charAt(figure > 0 ? Math.max(1, Math.round((figure / highest) * top)) : 0))
    .join('');
}

function means(figures: readonly number[], columns: number): readonly number[] {
  const per = figures.length / columns;
  return Array.from({ length: columns }, (_, column) => {
    const from = column * per;
    const to = from + per;
    let sum = 0;
    for (let i = Math.floor(from); i < Math.min(figures.length, to); i++) {
      sum += figures[i]! * (Math.min(to, i + 1) - Math.max(from, i));
    }
    return sum / per;
  });
}
