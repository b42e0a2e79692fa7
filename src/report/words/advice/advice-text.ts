/** Puts the recommendation of a comparison into words: the headline, the reason in one sentence, and its parts. */
import type {
  AdvicePart,
  Besides,
  Compared,
  Cost,
  Instead,
  NotAFix,
  Taken,
  Worth,
} from '../../../domain/report/advice.js';
import type { Comparison, Recommendation } from '../../../domain/report/comparison.js';
import { listed } from '../../../text/lists.js';
import { formatBound, formatSignificant, plural } from '../../../text/numbers.js';
import { atItsSpeed, factorText, isTooClose, timesText } from './factor-text.js';
import { becauseText, headlineText } from './headline-text.js';
import { loadText } from './load-text.js';
import { probedText } from './probe-text.js';
import { promiseText, threatsListed } from './promise-text.js';
import { whyText } from './why-text.js';

export function withAdvice({ advice, ...compared }: Compared): Comparison {
  const headline = headlineText(advice);
  const [because, parts] = advice.candidate === null ? [null, []] : [becauseText(advice), partsOf(advice)];
  const text = [headline, ...parts.map((part) => part.text)].join(' ');
  const recommendation: Recommendation = { candidate: advice.candidate, text, headline, because, parts };
  return { ...compared, recommendation };
}

function partsOf({ why, worth, probe, cost, promise, others, besides, notAFix, load }: Taken): AdvicePart[] {
  const instead = insteadText(others);
  return [
    { kind: 'why', text: whyText(why) },
    { kind: 'worth', text: worthText(worth) },
    ...(probe === null ? [] : [{ kind: 'probe', text: probedText(probe) } as const]),
    { kind: 'cost', text: costText(cost) },
    { kind: 'promise', text: promiseText(promise) },
    ...(instead === '' ? [] : [{ kind: 'instead', text: instead } as const]),
    ...(besides === null ? [] : [{ kind: 'besides', text: besidesText(besides) } as const]),
    ...(notAFix === null ? [] : [{ kind: 'not-a-fix', text: notAFixText(notAFix) } as const]),
    { kind: 'measured', text: `Measured with ${loadText(load)}.` },
  ];
}

/** The bound is over runs, not over pairs, since the pairs of one run are not independent. */
function worthText({ runs, runsOrdered, atMost, invertedPairs, atRiskPairs }: Worth): string {
  const bound = atMost === null ? '' : `: at most ${formatBound(atMost)} of runs are violated, with 95 % confidence`;
  const pairs =
    atRiskPairs === null
      ? ''
      : atRiskPairs === 0
        ? ' No pair was at risk, so nothing could have gone wrong.'
        : ` ${invertedPairs.toLocaleString('en-US')} of ${plural(atRiskPairs, 'pair')} at risk came in the wrong order.`;
  return `It was ordered in ${String(runsOrdered)} of ${plural(runs, 'run')}${bound}.${pairs}`;
}

/** An interval whose upper bound is at least so many times its lower bound is called too wide. */
const wideInterval = 2;

function costText(cost: Cost): string {
  const { p50Ms, p99Ms, heldMax, costs, speed } = cost;
  const figures = [
    ...(p50Ms === null ? [] : [`p50 ${formatSignificant(p50Ms)} ms`]),
    ...(p99Ms === null ? [] : [`p99 ${formatSignificant(p99Ms)} ms`]),
    ...(heldMax === null ? [] : [`up to ${plural(heldMax, 'event')} held at once`]),
  ].map((figure) => `, ${figure}`);
  const isWide = speed !== null && speed.low95 !== null && speed.high95! / speed.low95 >= wideInterval;
  const unsure =
    cost.isBaseline || !isWide ? [] : ['The interval is too wide to say much: more repeats (--repeat) narrow it.'];
  return [`${speedText(cost)}${figures.join('')}.`, ...unsure, `Costs: ${costs}.`].join(' ');
}

function speedText({ baseline, isBaseline, speed }: Cost): string {
  if (isBaseline) return 'It is the baseline';
  if (speed === null) return 'Its speed relative to the baseline is not known';
  if (isTooClose(speed)) return `Its speed cannot be told from that of ${baseline}, of which it is ${timesText(speed)}`;
  const { low95, high95, ratio } = speed;
  const range =
    low95 === null || high95 === null
      ? ' in one run'
      : ` (${factorText(low95)} to ${factorText(high95)} with 95 % confidence)`;
  return `It handles ${factorText(ratio)} times as many events a second as ${baseline}${range}`;
}

function insteadText({ survivors, unmet, faster }: Instead): string {
  return [
    ...survivors.map(
      ({ name, threats, ratio }) =>
        `If it has to survive ${threatsListed(threats, 'and')}, take ${name}${atItsSpeed(ratio)}.`,
    ),
    ...(unmet === null ? [] : [unmetText(unmet)]),
    ...faster.map(
      ({ name, ratio, lacks }) =>
        `If it need not survive ${threatsListed(lacks, 'or')}, ${name} will do${atItsSpeed(ratio)}.`,
    ),
  ].join(' ');
}

function unmetText({ threats, strategies }: NonNullable<Instead['unmet']>): string {
  const verb = strategies.length === 1 ? 'does' : 'do';
  const hint =
    strategies.length === 0 ? '' : `; ${listed(strategies, 'and')} ${verb}, and can be compared with --strategies`;
  return `Nothing compared here that held order promises to survive ${threatsListed(threats, 'or')}${hint}.`;
}

function besidesText(besides: Besides): string {
  const { add, asWell, gapPolicy } = besides;
  const also = asWell === null ? '' : `: ${asWell.name} held order too${atItsSpeed(asWell.ratio)}`;
  const first = add === null ? ownRepairText(besides) : `For defence in depth add ${add}${also}.`;
  const gap = {
    wait: 'the gap blocks its aggregate, unless it is skipped or parked (--gap-policy)',
    skip: 'its aggregate goes on without it after the gap time-out (--gap-policy skip)',
    park: 'the later events of its aggregate are set aside unhandled (--gap-policy park)',
  }[gapPolicy];
  return `${first} It repairs within one process: if the broker gives up on an event, ${gap}; and with a second replica each has a buffer of its own, so that order across replicas is not restored.`;
}

function ownRepairText({ repairs, bufferDepthMax, isShared }: Besides): string {
  if (repairs === 'a sound bus') {
    return bufferDepthMax === 0
      ? 'Its repair is defence in depth: where nothing failed it held nothing back.'
      : 'Its repair is defence in depth: the bus before it keeps order by itself.';
  }
  const wayOut = isShared ? ': single, or a durable for every topic (multi/per-topic), removes it' : '';
  return `It repairs behind a fault, which stays${wayOut}.`;
}

function notAFixText({ names, depth }: NotAFix): string {
  const held = depth === 0 ? '' : `, with up to ${plural(depth, 'early event')} held back at once`;
  return `${listed(names, 'and')} held order too, by repairing behind a fault that stays${held}: defence in depth, not the fix.`;
}
