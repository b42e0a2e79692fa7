// The scheduler of a thread: tasks are promises, waiters are served in the order in which they came, and an error that
// nobody joins is not lost.
import { expect, test } from 'vitest';
import { ThreadClock } from '../../../src/runtime/threads/thread-clock.js';
import { ThreadScheduler } from '../../../src/runtime/threads/thread-scheduler.js';

function aScheduler() {
  const errors: unknown[] = [];
  return { errors, scheduler: new ThreadScheduler((error) => errors.push(error)) };
}

test('a task runs at once, up to its first wait', async () => {
  const { scheduler } = aScheduler();
  const steps: string[] = [];
  const task = scheduler.spawn('task', async () => {
    steps.push('begun');
    await scheduler.pause();
    steps.push('ended');
  });
  steps.push('spawned');
  await task.join();
  expect(steps).toEqual(['begun', 'spawned', 'ended']);
});

test('an error goes to whoever joins the task', async () => {
  const { scheduler, errors } = aScheduler();
  const task = scheduler.spawn('task', () => Promise.reject(new Error('broken')));
  await expect(task.join()).rejects.toThrow('broken');
  expect(errors).toEqual([]);
});

test('an error that nobody joins is reported', async () => {
  const { scheduler, errors } = aScheduler();
  scheduler.spawn('task', () => Promise.reject(new Error('broken')));
  await scheduler.pause();
  expect(errors).toEqual([new Error('broken')]);
});

test('a signal wakes the one that has waited longest, and loses a notification that nobody waits for', async () => {
  const { scheduler } = aScheduler();
  const signal = scheduler.signal();
  const woken: number[] = [];
  signal.notifyOne();
  for (let waiter = 0; waiter < 3_000; waiter++) void signal.wait().then(() => woken.push(waiter));
  for (let i = 0; i < 2_000; i++) signal.notifyOne();
  await scheduler.pause();
  expect(woken).toEqual(Array.from({ length: 2_000 }, (_, i) => i));
  signal.notifyAll();
  await scheduler.pause();
  expect(woken).toEqual(Array.from({ length: 3_000 }, (_, i) => i));
});

test('two clocks of one origin agree, and a sleep is never shorter than asked for', async () => {
  const originNs = ThreadClock.origin();
  const [one, other] = [new ThreadClock(originNs), new ThreadClock(originNs)];
  const beganMs = one.nowMs();
  expect(beganMs).toBeGreaterThanOrEqual(0);
  await one.sleep(2.5);
  expect(other.nowMs() - beganMs).toBeGreaterThanOrEqual(2.5);
  await one.sleep(0);
});
