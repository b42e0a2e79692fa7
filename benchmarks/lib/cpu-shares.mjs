// Attributes the CPU time of this process to the owners of its code, by samples of V8's profiler, each counted for the
// owner of the file that was running. Built-in functions and buffers count for their caller.
import { Session } from 'node:inspector/promises';

const sampleEveryUs = 500;

/** In the order in which they are shown. */
export const owners = ['ours', 'kafkajs', 'benchmark', 'Node.js and network', 'garbage collection'];

/** Neither is the process's own work: it waits, or the profiler starts and stops. */
const notWork = ['idle', 'profiler'];

/** Runs `work`; returns each owner's share of the time that was neither idle nor the profiler's. */
export async function cpuShares(work) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: sampleEveryUs });
  await session.post('Profiler.start');
  await work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  return sharesIn(profile);
}

function sharesIn({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node])));
  const timeUs = new Map();
  samples.forEach((id, index) => {
    const owner = ownerOf(byId.get(id), parents);
    timeUs.set(owner, (timeUs.get(owner) ?? 0) + timeDeltas[index]);
  });
  for (const owner of notWork) timeUs.delete(owner);
  const workUs = [...timeUs.values()].reduce((sum, us) => sum + us, 0);
  return Object.fromEntries(owners.map((owner) => [owner, (timeUs.get(owner) ?? 0) / workUs]));
}

function ownerOf(node, parents) {
  const { url, functionName } = node.callFrame;
  if (functionName === '(idle)') return 'idle';
  if (functionName === '(garbage collector)') return 'garbage collection';
  if (url === 'node:inspector') return 'profiler';
  if (url.includes('/node_modules/kafkajs/')) return 'kafkajs';
  if (url.includes('/benchmarks/')) return 'benchmark';
  if (url.includes('/dist/')) return 'ours';
  const isBuiltIn = url === '' && !functionName.startsWith('(');
  const parent = parents.get(node.id);
  return (isBuiltIn || url === 'node:buffer' || url === 'node:internal/buffer') && parent !== undefined
    ? ownerOf(parent, parents)
    : 'Node.js and network';
}
