/**
 * The timeline in a real browser, of the incident on a real server, where many events come at nearly the same time: each
 * can be read on either clock, and stands where it was in time.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { faultsOf } from './audit.js';
import { open, startBrowser } from './browser.js';

const html = readFileSync(new URL('../../reports/examples/incident.html', import.meta.url), 'utf8');

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

async function openAt(width: number, clock: 'logical' | 'wall', versions: '± 4' | 'all'): Promise<Page> {
  const { page } = await open(browser, html, { width, hash: '#row=nats%3Amulti%2Fshared%231' });
  await page.getByLabel('Clock').selectOption(clock);
  await page.getByLabel('Versions').selectOption({ label: versions });
  return page;
}

/** Places of the first marks of all events, and the times that their stories tell, in the order of the times. */
function publishedAt(page: Page): Promise<{ x: number; ms: number }[]> {
  return page.evaluate(`[...document.querySelectorAll('.event')].map((event) => {
    const box = event.querySelector('[data-stage="publish"] circle').getBoundingClientRect();
    const [, ms] = /at ([\\d,.]+) ms/.exec(event.getAttribute('aria-label'));
    return { x: box.left + box.width / 2, ms: Number(ms.replaceAll(',', '')) };
  }).sort((a, b) => a.ms - b.ms)`);
}

describe.each(['logical', 'wall'] as const)('the timeline on the %s clock', (clock) => {
  it.each([
    [360, '± 4'],
    [360, 'all'],
    [1_280, '± 4'],
    [1_280, 'all'],
    [2_560, '± 4'],
  ] as const)('shows every version apart from the others at %i pixels, versions %s', async (width, versions) => {
    const page = await openAt(width, clock, versions);
    expect(await faultsOf(page)).toEqual([]);
    expect(await page.locator('.event').count()).toBeGreaterThan(5);
    await page.close();
  });

  it('has the ring on the ways of both events of the pair', async () => {
    const page = await openAt(1_280, clock, '± 4');
    const isOn = (role: string): Promise<boolean> =>
      page.evaluate(`(() => {
        const ring = document.querySelector('.ring');
        const way = document.querySelector('.way.${role}');
        return way.isPointInStroke(new DOMPoint(ring.cx.baseVal.value, ring.cy.baseVal.value));
      })()`);
    expect([await isOn('late'), await isOn('early')]).toEqual([true, true]);
    await page.close();
  });
});

describe('the wall clock', () => {
  it('moves no mark in time: places are in proportion to times', async () => {
    const page = await openAt(1_280, 'wall', 'all');
    const marks = await publishedAt(page);
    const [first, last] = [marks[0]!, marks.at(-1)!];
    const pixelsPerMs = (last.x - first.x) / (last.ms - first.ms);
    for (const { x, ms } of marks) expect(x - first.x).toBeCloseTo((ms - first.ms) * pixelsPerMs, 0);
    await page.close();
  });

  it('says how many versions have no room where it is narrowed, and shows them where it is made wider', async () => {
    const page = await openAt(360, 'wall', 'all');
    for (let step = 0; step < 8; step += 1) await page.getByLabel('Narrower').click();
    const sentence = page.locator('.pair .aside');
    expect(await sentence.textContent()).toMatch(/^ No room for the versions of \d+ events/);
    expect(await faultsOf(page)).toEqual([]);
    for (let step = 0; step < 8; step += 1) await page.getByLabel('Wider').click();
    expect(await sentence.count()).toBe(0);
    await page.close();
  });

  it('has times in a row below', async () => {
    const page = await openAt(1_280, 'wall', '± 4');
    const texts = await page.locator('.time text').allTextContents();
    expect(texts.length).toBeGreaterThan(4);
    const times = texts.map((text) => Number(text.replace(' ms', '')));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    await page.close();
  });
});
