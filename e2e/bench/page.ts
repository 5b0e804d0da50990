// What the page costs in Chromium with a program of 2,000 lines, on the built app:
//   npm run build:web && node e2e/launch.mjs e2e/bench/page.ts [LINES [FOLDER]]
// Prints the long tasks (over 50 ms, as the browser itself counts them) and how long keys take to the screen while one types: in a program
// without a mistake, with one, and while a guest runs; how soon a running guest is paused; then how long questions to the workers take, warm.
// Figures for people: nothing is asserted, and they are worth what else the machine does at the time.
import { availableParallelism, loadavg } from 'node:os';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { program } from '../setup/programs.ts';

const BODY = [
  'mov     x1, #5',
  'add     x1, x2, #16            // a step',
  'ldr     x3, [x4, #8]',
  'b.ne    loop',
  'ldp     x29, x30, [sp], #16',
  'mrs     x0, sctlr_el1',
  'orr     x0, x0, #0xff00',
  'subs    x3, x3, x4, lsl #3',
  'cbz     x5, 1f',
  '.word   1, 2, 3, 4',
];

/** A program of so many lines that does not end: it spins on its first instruction. */
function source(lines: number): string {
  const body = Array.from({ length: lines - 4 }, (_, i) => `        ${BODY[i % BODY.length]}`);
  return ['        .global _start', '_start: b       _start', 'loop:', ...body, '1:      ret'].join('\n');
}

/** A letter each 60 ms is fast typing. */
const PAUSE_MS = 60;
const TYPED = 'add x0, x1, x2\nmrs x3, id_aa64pfr0_el1\nldr x4, [x5, #16]\nb.eq loop\n';

/** In milliseconds. */
interface Measured {
  tasks: number[];
  keys: number[];
}

declare global {
  interface Window {
    measured: Measured;
  }
}

export async function main([count = '2000', folder = 'dist']: readonly string[]): Promise<number> {
  const lines = Number(count);
  const text = source(lines);
  const server = await preview({ build: { outDir: folder }, preview: { host: '127.0.0.1', port: 0 }, logLevel: 'error' });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const browser = await chromium.launch({
    executablePath: program('chromium'),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run'],
  });
  try {
    console.log(
      `Chromium ${browser.version()}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, ${lines} lines`,
    );
    const page = await open(browser, `http://127.0.0.1:${address.port}/`, text);
    await typeAt(page, lines / 2, 'typing');
    await goTo(page, lines / 4);
    await page.keyboard.type('        frobnicate x0\n');
    await typeAt(page, lines / 2, 'typing below a mistake');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+v');
    await page.keyboard.press('F5');
    await page.locator('.status-words', { hasText: 'Running' }).waitFor();
    await typeAt(page, lines / 2, 'typing while a guest runs');
    await control(page);
    await pauses(page);
    await questions(page, text);
  } finally {
    await browser.close();
    await server.close();
  }
  return 0;
}

/** The page with a program in its editor, measuring. */
async function open(browser: Browser, url: string, text: string): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.addInitScript(() => {
    window.measured = { tasks: [], keys: [] };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.measured.tasks.push(duration);
    }).observe({ type: 'longtask' });
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === 'keydown') window.measured.keys.push(duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await page.goto(url);
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+a');
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.keyboard.press('Control+v');
  await page.locator('.code-extent', { hasText: `${text.split('\n').length} lines` }).waitFor();
  await page.waitForTimeout(2000);
  return page;
}

/** The cursor on a new line below this one. */
async function goTo(page: Page, line: number): Promise<void> {
  await page.keyboard.press('Control+g');
  await page.keyboard.type(`${line}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1000);
}

/** Types there and prints what it cost. */
async function typeAt(page: Page, line: number, what: string): Promise<void> {
  await goTo(page, line);
  await page.evaluate(() => {
    window.measured = { tasks: [], keys: [] };
  });
  const before = await mainThread(page);
  for (const letter of TYPED) {
    if (letter === '\n') await page.keyboard.press('Escape');
    await page.keyboard.type(letter);
    await page.waitForTimeout(PAUSE_MS);
  }
  await page.waitForTimeout(1000);
  const { tasks, keys } = await page.evaluate(() => window.measured);
  const work = ((await mainThread(page)) - before) / TYPED.length;
  const longest = tasks.length === 0 ? '' : `, the longest ${Math.max(...tasks).toFixed(0)} ms`;
  // The browser rounds to 8 ms and leaves out what took less than 16: those count as 16 here.
  const all = [...keys, ...Array.from({ length: Math.max(0, TYPED.length - keys.length) }, () => 16)];
  console.log(`${what}: ${tasks.length} long tasks${longest}; ${TYPED.length} keys to the screen in ${spread(all)}`);
  console.log(`${' '.repeat(what.length)}  ${work.toFixed(1)} ms of the main thread's own time a key`);
}

/** Processor time of the main thread's tasks so far, in milliseconds: what else the machine does is not in it. */
async function mainThread(page: Page): Promise<number> {
  let session = sessions.get(page);
  if (session === undefined) {
    session = await page.context().newCDPSession(page);
    sessions.set(page, session);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  }
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

const sessions = new Map<Page, CDPSession>();

/** That the browser does count: a task of 80 ms on purpose. */
async function control(page: Page): Promise<void> {
  const tasks = await page.evaluate(async () => {
    window.measured = { tasks: [], keys: [] };
    await new Promise((resolve) => setTimeout(resolve, 100));
    setTimeout(() => {
      for (const from = performance.now(); performance.now() - from < 80; );
    }, 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return window.measured.tasks;
  });
  console.log(`a task of 80 ms on purpose: ${tasks.length} long task${tasks.length === 1 ? '' : 's'}`);
}

/** From the wish to the status that says it, twenty times: the page itself notes both. */
async function pauses(page: Page): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 20; i += 1) {
    const took = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const words = document.querySelector('.status-words');
          const from = performance.now();
          const observer = new MutationObserver(() => {
            if (/Running/.test(words?.textContent ?? '')) return;
            observer.disconnect();
            resolve(performance.now() - from);
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
          document.querySelector<HTMLButtonElement>('button[aria-keyshortcuts~="F6"]')?.click();
        }),
    );
    times.push(took);
    await page.keyboard.press('F5');
    await page.locator('.status-words', { hasText: 'Running' }).waitFor();
    await page.waitForTimeout(100);
  }
  console.log(`a guest in an endless loop is paused: ${spread(times)}`);
}

/** Asks workers of its own, as the page does, and prints how long answers take to the page and back. */
async function questions(page: Page, text: string): Promise<void> {
  const script = (name: RegExp): string => {
    const url = page
      .workers()
      .find((worker) => name.test(worker.url()))
      ?.url();
    if (url === undefined) throw new Error(`no worker ${name}`);
    return url;
  };
  const saved = await page.evaluate(() => localStorage.getItem('trapscope.work.v1'));
  const project = { ...(JSON.parse(saved ?? '{}') as { project: object }).project, source: text, breakpoints: [] };
  const times = await page.evaluate(
    async ({ language, machine, project: loaded, text: program }) => {
      const start = (url: string) => {
        const worker = new Worker(url, { type: 'module' });
        return (path: string, ...args: unknown[]) =>
          new Promise<number>((resolve) => {
            const from = performance.now();
            const id = Math.random().toString();
            const listen = ({ data }: MessageEvent) => {
              if (data?.id !== id) return;
              worker.removeEventListener('message', listen);
              resolve(performance.now() - from);
            };
            worker.addEventListener('message', listen);
            // A call as Comlink writes it.
            worker.postMessage({ id, type: 'APPLY', path: [path], argumentList: args.map((value) => ({ type: 'RAW', value })) });
          });
      };
      const pause = () => new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 10));
      const ask = start(language);
      const run = start(machine);
      const all: Record<string, number[]> = {};
      let version = 0;
      const round = async (when: string) => {
        const took = async (what: string, answer: () => Promise<number>) => {
          await pause();
          const name = `${what}${when}`;
          all[name] = [...(all[name] ?? []), await answer()];
        };
        for (let i = 0; i < 50; i += 1) {
          version += 1;
          await ask('open', version, `${program}\n// ${version}`);
          await took('assembling', () => ask('program', version));
          await took('completion of a system register', () => ask('completion', version, { line: 9, column: 21 }, ''));
          await took('hover', () => ask('hover', version, { line: 1000, column: 10 }));
          await took('a row of the exit log, by the machine worker', () => run('exitRows', 1, 1));
        }
      };
      await run('load', loaded);
      await round('');
      await run('control', { kind: 'run' });
      await round(', while a guest runs');
      return all;
    },
    { language: script(/language/), machine: script(/main/), project, text },
  );
  for (const [what, list] of Object.entries(times)) console.log(`${what}: ${spread(list.slice(20))}`);
}

function spread(list: readonly number[]): string {
  const sorted = list.toSorted((a, b) => a - b);
  const at = (part: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0).toFixed(1);
  return `median ${at(0.5)} ms, 90 % within ${at(0.9)} ms, worst ${at(1)} ms`;
}
