/** How long a member that leaves waits at most for the messages that it has handed over. */
export const leaveTimeoutMs = 30_000;

/** Waits for something whose result does not matter: resolves when it has settled, or after `ms` milliseconds. */
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
