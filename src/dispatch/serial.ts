/**
 * The serial dispatcher: one handler at a time, in the order of the inbox. It is the slowest dispatcher, and keeps
 * whatever order its input has.
 */
import type { DispatchContext, Dispatcher } from './dispatcher.js';

export function serial(context: DispatchContext): Dispatcher {
  return {
    run: async () => {
      for (;;) {
        const delivery = await context.inbox.take();
        if (delivery === null) return;
        await context.handler.handle(delivery, 0);
      }
    },
    // There are no lanes to change.
    resize: () => undefined,
  };
}
