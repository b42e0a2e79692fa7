/**
 * Claims about runs on which the mechanisms are known: that of a mechanism at work is supported, that of another one
 * never; and what the report of the incident called its confirmed cause is refuted, on the incident's own bus.
 */
import { describe, expect, it } from 'vitest';
import { causeIds } from '../../src/domain/report/cause-ids.js';
import type { RunRow } from '../../src/domain/report/run-report.js';
import { answerClaim } from '../../src/diagnosis/hypotheses/answer-claim.js';
import { mechanisms } from '../../src/diagnosis/hypotheses/signs.js';
import { flagsOf } from '../run/command-flags.js';
import { simulate } from '../run/simulate.js';
import { everydayMechanisms } from './everyday-mechanisms.js';

const incident = '--topics 5 --aggregates 50 --versions 100';

const sound: readonly string[] = [
  '--mode single --topics 2 --aggregates 20 --versions 30',
  '--mode multi/per-topic --topics 4 --aggregates 40 --versions 30 --handler-time 0-5ms',
  '--mode single --strategy retry-in-place --handler-fail 5%',
  '--broker sim:kafka --mode single --strategy partition-serial --aggregates 20 --versions 30 --handler-fail 2%',
];

function supportedIn(row: RunRow): string[] {
  return causeIds.filter((id) => answerClaim(id, row).answer === 'supported');
}

describe('a claim', () => {
  it('can be made of every cause', () => {
    expect(Object.keys(mechanisms).sort()).toEqual([...causeIds].sort());
  });

  it('of no cause and no control is an error', async () => {
    const [row] = await simulate(flagsOf(sound[0]!), 1);
    expect(() => answerClaim('no-such-cause', row!)).toThrow(RangeError);
  });

  it.each(everydayMechanisms)('is supported of what is at work, and of nothing else: $command', async (mechanism) => {
    const { command, causes, beside = [] } = mechanism;
    const [row] = await simulate(flagsOf(command), 1);
    const supported = supportedIn(row!);
    const sure = row!.causes
      .filter(({ latent, confidence }) => !latent && confidence !== 'possible')
      .map(({ id }) => id);
    expect(supported.toSorted()).toEqual(sure.toSorted());
    expect([...causes, ...beside]).toEqual(expect.arrayContaining(supported));
    for (const id of causes) expect(answerClaim(id, row!).answer, id).not.toBe('refuted');
  });

  it.each(sound)('of any cause is refuted on a bus that keeps order, with pairs at risk: %s', async (command) => {
    const [row] = await simulate(flagsOf(command), 1);
    expect(row!.exposure.atRiskPairs).toBeGreaterThanOrEqual(30);
    for (const id of causeIds) expect(answerClaim(id, row!), id).toMatchObject({ id, answer: 'refuted' });
  });

  it('of any cause is undecided where next to nothing was at risk', async () => {
    const [row] = await simulate(flagsOf('--mode multi/per-topic --topics 2 --aggregates 4 --versions 3'), 1);
    for (const id of causeIds) expect(answerClaim(id, row!).answer, id).toBe('undecided');
    expect(answerClaim('many-writers', row!).answer).toBe('undecided');
  });
});

describe('the claim of the incident, that several writers break the order of a queue,', () => {
  it('is refuted on its own bus, and with a durable for each topic', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const rows = await simulate(flagsOf(incident), seed);
      const answers = rows.map((row) => [row.id, answerClaim('many-writers', row).answer]);
      expect(answers, String(seed)).toEqual([
        ['multi/shared#1', 'refuted'],
        ['multi/per-topic#1', 'refuted'],
        ['single#1', 'undecided'],
      ]);
    }
  });

  it('is not refuted where pairs that lost order at submit are of no subscriptions that shared a durable', async () => {
    const [row] = await simulate(flagsOf(incident), 1);
    const blamed = { ...row!, causes: [], origins: { ...row!.origins, submit: 5 } };
    expect(answerClaim('many-writers', blamed).answer).toBe('undecided');
  });
});
