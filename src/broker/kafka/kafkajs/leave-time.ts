/** How long a member that leaves waits at most for what it has handed over. */
export const leaveTimeoutMs = 30_000;

/** How long may something take that nobody needs the end of? Resolves when it has settled, or after `ms`. */
export async function within(ms: number, something: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  const settled = something.then(
    () => {},
    () => {},
  );
  await Promise.race([settled, timeout]);
  clearTimeout(timer);
}
