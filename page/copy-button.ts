/** A command with a button that copies it. */
import { element } from './dom.js';

/** How long the button says that it has copied. */
const saidForMs = 1_500;

export function commandLine(command: string): HTMLElement {
  const button = element('button', { type: 'button', class: 'copy', 'aria-label': 'Copy the command' }, 'Copy');
  const code = element('code', {}, command);
  button.addEventListener('click', () => {
    void copied(command, code).then((isCopied) => {
      button.textContent = isCopied ? 'Copied' : 'Selected';
      setTimeout(() => (button.textContent = 'Copy'), saidForMs);
    });
  });
  return element('div', { class: 'command' }, element('pre', { tabindex: 0 }, code), button);
}

/** Pages opened from disk may have no clipboard; then the command is selected, to be copied by hand. */
async function copied(command: string, code: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(command);
    return true;
  } catch {
    getSelection()?.selectAllChildren(code);
    return false;
  }
}
