// What the editor costs in Chromium with a program of 2,000 lines, on the built app:
//   npm run build:web && node e2e/launch.mjs e2e/bench/typing.ts [LINES [FOLDER]]
// Prints the long tasks (over 50 ms, as the browser itself counts them) and the delay of input while one types, with and without a mistake in
// the program and while a guest runs; and how long assembling takes in the language worker, warm. Figures for people: nothing is asserted.
import { availableParallelism, loadavg } from 'node:os';
import { type Browser, chromium, type Page } from '@playwright/test';
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
  return ['        .global _start', '_start: b       _start', ...['loop:', ...body], '1:      ret'].join('\n');
}

/** One letter each 60 ms is fast typing. */
const PAUSE_MS = 60;
const TYPED = 'add x0, x1, x2\nmrs x3, id_aa64pfr0_el1\nldr x4, [x5, #16]\nb.eq loop\n';

interface LongTask {
  readonly duration: number;
}
interface Delay {
  readonly name: string;
  readonly duration: number;
}
interface Measured {
  tasks: LongTask[];
  inputs: Delay[];
}

export async function main([lines = '2000', folder = 'dist']: readonly string[]): Promise<number> {
  const text = source(Number(lines));
  const server = await preview({ build: { outDir: folder }, preview: { host: '127.0.0.1', port: 0 }, logLevel: 'error' });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const browser = await chromium.launch({
    executablePath: program('chromium'),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run'],
  });
  try {
    const url = `http://127.0.0.1:${address.port}/`;
    console.log(
      `Chromium ${browser.version()}, ${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, ${lines} lines`,
    );
    const page = await open(browser, url, text);
    print('typing', await typing(page, TYPED));
    await place(page, Number(lines) / 2);
    await page.keyboard.type('        frobnicate x0\n');
    print('typing below a mistake', await typing(page, TYPED));
    await page.reload();
    const runner = await open(browser, url, text);
    await runner.keyboard.press('F5');
    await runner.locator('.status-words', { hasText: 'Running' }).waitFor();
    print('typing while a guest runs', await typing(runner, TYPED));
    await print2(page, text);
  } finally {
    await browser.close();
    await server.close();
  }
  return 0;
}

/** The page with a program in its editor. */
async function open(browser: Browser, url: string, text: string): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.addInitScript(() => {
    const measured: Measured = { tasks: [], inputs: [] };
    Object.assign(window, { measured });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) measured.tasks.push({ duration });
    }).observe({ type: 'longtask' });
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) measured.inputs.push({ name, duration });
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await page.goto(url);
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+a');
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
  await page.keyboard.press('Control+v');
  await page.locator('.line-numbers', { hasText: '40080004' }).or(page.locator('.line-numbers').last()).first().waitFor();
  await page.waitForTimeout(1500);
  return page;
}

/** The cursor at the end of a line, through the editor's own dialog. */
async function place(page: Page, line: number): Promise<void> {
  await page.keyboard.press('Control+g');
  await page.keyboard.type(`${line}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(500);
}

async function typing(page: Page, text: string): Promise<Measured & { readonly keys: number }> {
  const middle = 1000;
  await place(page, middle);
  await page.evaluate(() => Object.assign((window as unknown as { measured: Measured }).measured, { tasks: [], inputs: [] }));
  for (const letter of text) {
    if (letter === '\n') await page.keyboard.press('Escape');
    await page.keyboard.type(letter);
    await page.waitForTimeout(PAUSE_MS);
  }
  await page.waitForTimeout(1000);
  const measured = await page.evaluate(() => (window as unknown as { measured: Measured }).measured);
  return { ...measured, keys: text.length };
}

function print(what: string, { tasks, inputs, keys }: Measured & { readonly keys: number }): void {
  const longest = Math.max(0, ...tasks.map((task) => task.duration));
  const slow = inputs.filter(({ name }) => name === 'keydown').map(({ duration }) => duration);
  console.log(
    `${what}: ${keys} keys, ${tasks.length} long tasks${tasks.length > 0 ? ` (longest ${longest.toFixed(0)} ms)` : ''}, ` +
      `${slow.length} keys took over 16 ms to the screen${slow.length > 0 ? ` (worst ${Math.max(...slow)} ms)` : ''}`,
  );
}

/** Asks a language worker of its own, as the page does, and prints the medians. */
async function print2(page: Page, text: string): Promise<void> {
  const worker = page.workers().find((w) => /language/.test(w.url()));
  if (!worker) throw new Error('no language worker');
  const times = await page.evaluate(
    async ({ script, text: program }) => {
      const own = new Worker(script, { type: 'module' });
      const ask = (path: string, ...args: unknown[]) =>
        new Promise<unknown>((resolve) => {
          const id = Math.random().toString();
          const listen = (event: MessageEvent) => {
            if (event.data?.id !== id) return;
            own.removeEventListener('message', listen);
            resolve(event.data.value);
          };
          own.addEventListener('message', listen);
          own.postMessage({ id, type: 'APPLY', path: [path], argumentList: args.map((value) => ({ type: 'RAW', value })) });
        });
      const took = async (path: string, ...args: unknown[]) => {
        const from = performance.now();
        await ask(path, ...args);
        return performance.now() - from;
      };
      const all: Record<string, number[]> = { program: [], foldings: [], completion: [], hover: [] };
      for (let version = 1; version <= 60; version += 1) {
        await ask('open', version, `${program}\n// ${version}\n  mrs x0, `);
        const last = program.split('\n').length + 2;
        const row: Record<string, number> = {
          program: await took('program', version),
          foldings: await took('foldings', version),
          completion: await took('completion', version, { line: last, column: 11 }, ' '),
          hover: await took('hover', version, { line: 1000, column: 10 }),
        };
        for (const [what, time] of Object.entries(row)) all[what]?.push(time);
      }
      own.terminate();
      return all;
    },
    { script: worker.url(), text },
  );
  for (const [what, list] of Object.entries(times)) {
    const warm = list.slice(20).sort((a, b) => a - b);
    const at = (part: number) => (warm[Math.floor(warm.length * part)] ?? 0).toFixed(1);
    console.log(
      `${what}: median ${at(0.5)} ms, 90th percentile ${at(0.9)} ms, best ${at(0)} ms (40 warm rounds, to the page and back)`,
    );
  }
}
