// The console blocks of a Markdown page: fenced by ```console, each with commands behind `$ `, and below each command
// what it prints. A line `…` stands for any lines that are left out.

const fence = /^```console\n([\s\S]*?)^```$/gm;

/** The commands of all blocks, in their order, each with the lines that the page shows below it. */
export function commandsOf(page) {
  return [...page.matchAll(fence)].flatMap(([, block]) => stepsOf(block));
}

function stepsOf(block) {
  const steps = [];
  for (const line of block.replace(/\n$/, '').split('\n')) {
    if (line.startsWith('$ ')) steps.push({ command: line.slice(2), shown: [] });
    else steps.at(-1)?.shown.push(line);
  }
  return steps;
}

/** The page with the output below each command replaced. @param outputOf lines of the command, or null: as they are */
export function withOutputs(page, outputOf) {
  return page.replace(fence, (_, block) => {
    const lines = stepsOf(block).flatMap((step) => [`$ ${step.command}`, ...(outputOf(step) ?? step.shown)]);
    return `\`\`\`console\n${lines.join('\n')}\n\`\`\``;
  });
}

/** Whether the lines of the page are those that were printed; null, or the first line that is not. */
export function firstDifference(shown, printed) {
  let at = 0;
  let isOpen = false;
  for (const line of shown) {
    if (line === '…') {
      isOpen = true;
      continue;
    }
    const found = isOpen ? printed.indexOf(line, at) : printed[at] === line ? at : -1;
    if (found < 0) return line;
    at = found + 1;
    isOpen = false;
  }
  return isOpen || at === printed.length ? null : `(nothing, where ${JSON.stringify(printed[at])} was printed)`;
}
