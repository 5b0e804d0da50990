// The code view: what the assembler says while one types, breakpoints, where the machine stands, what stands in the margins.
import { expect, type Page, test } from '@playwright/test';
import { lines, openWith, reload, status } from './person.ts';

/** The column (from 1) at which an element begins, measured in letters of the code's face. */
async function columnOf(page: Page, selector: string): Promise<number> {
  return page.evaluate((chosen) => {
    const line = document.querySelector('.monaco-editor .view-lines')?.getBoundingClientRect();
    const mark = document.querySelector(chosen)?.getBoundingClientRect();
    const letters = document.createElement('canvas').getContext('2d');
    if (!line || !mark || !letters) throw new Error('nothing to measure');
    letters.font = '12px "IBM Plex Mono"';
    return Math.round((mark.x - line.x) / letters.measureText('0').width) + 1;
  }, selector);
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('a mistake is marked at its column while one types, and unmarked when mended', async ({ page }) => {
  await openWith(page, '_start: mov x0, x99\n        b .\n');
  await expect(page.locator('.squiggly-error')).toHaveCount(1);
  expect(await columnOf(page, '.squiggly-error')).toBe(17);
  await expect(page.locator('.status-line')).toContainText('1 error in the program');
  await page.getByRole('button', { name: '1 error in the program' }).click();
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await expect(page.locator('.squiggly-error')).toHaveCount(0);
  await expect(page.locator('.status-errors')).toHaveCount(0);
});

test('F8 reads the error out where it is', async ({ page }) => {
  await openWith(page, '_start: nop\n        frobnicate x0\n');
  await expect(page.locator('.squiggly-error')).toHaveCount(1);
  await page.keyboard.press('F8');
  await expect(page.locator('.marker-widget')).toContainText('frobnicate');
});

test('addresses and machine code stand beside the lines, as the assembler of GNU makes them', async ({ page }) => {
  await openWith(page, '_start: mov x0, #1\n        ldrsb x5, [x9, #3]\n\n        ret\n');
  const gutter = page.locator('.monaco-editor .line-numbers');
  await expect(gutter.filter({ hasText: '40080000' })).toHaveText('  1    40080000  d2800020');
  await expect(gutter.filter({ hasText: '40080004' })).toHaveText('  2    40080004  39800d25');
  await expect(gutter.filter({ hasText: '40080008' })).toHaveText('  4    40080008  d65f03c0');
  await page.getByRole('checkbox', { name: 'machine code' }).uncheck();
  await expect(gutter.first()).toHaveText('  1');
});

test('mnemonics are heavier than operands, and no piece of syntax has a hue', async ({ page }) => {
  await openWith(page, 'label: add x0, x1, #0x10 // why\n        .asciz "text"\n');
  const pieces = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.monaco-editor .view-line span span')].map((piece) => {
        const { fontWeight, color } = getComputedStyle(piece);
        const [r = 0, g = 0, b = 0] = color.match(/\d+/g)?.map(Number) ?? [];
        return {
          text: piece.textContent?.trim() ?? '',
          weight: Number(fontWeight),
          spread: Math.max(r, g, b) - Math.min(r, g, b),
        };
      }),
    );
  await expect.poll(async () => (await pieces()).find((piece) => piece.text === 'add')?.weight).toBeGreaterThan(500);
  expect((await pieces()).find((piece) => piece.text.startsWith('x0'))?.weight).toBeLessThan(500);
  for (const piece of await pieces()) expect(piece.spread, piece.text).toBeLessThan(24);
});

test('a breakpoint is set by F9 or a click, stops the run, moves with its line, and is kept', async ({ page }) => {
  await openWith(page, '_start: mov x0, #0\n1:      add x0, x0, #1\n        b 1b\n');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('F9');
  await expect(page.locator('.code-break')).toHaveCount(1);
  await page.keyboard.press('F5');
  await expect(status(page)).toHaveText('1Breakpoint, line 2');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('// above\n');
  await page.keyboard.press('F5');
  await expect(status(page)).toHaveText('1Breakpoint, line 3');
  await reload(page);
  await expect(page.locator('.code-break')).toHaveCount(1);
  const mark = await page.locator('.code-break').boundingBox();
  if (!mark) throw new Error('no breakpoint');
  await page.mouse.click(mark.x + mark.width / 2, mark.y + mark.height / 2);
  await expect(page.locator('.code-break')).toHaveCount(0);
});

test('the current line and the level that ran a line are drawn in the colour of their world', async ({ page }) => {
  await openWith(page, '_start: mov x0, #0\n        add x0, x0, #1\n        b .\n');
  await page.keyboard.press('F11');
  await expect(status(page)).toHaveText('1Stopped at line 2');
  await expect(page.locator('.margin .code-now.world-1')).toHaveCount(1);
  await expect(page.locator('.margin .code-level.world-1')).toHaveCount(1);
  await page.keyboard.press('F11');
  await expect(page.locator('.margin .code-level.world-1')).toHaveCount(2);
});

test('the line that exits wears its badge, and the badge leads to the exit', async ({ page }) => {
  await page.goto('./');
  await expect(lines(page)).toContainText('ldrsb');
  await page.keyboard.press('F5');
  await expect(status(page)).toHaveText('VWaiting for you');
  const badge = page.locator('.code-badge-happening');
  await expect(badge).toContainText('24 ×1');
  await expect(badge).toHaveAttribute('aria-label', /^Line \d+ exits now, EC 0x24/);
  await expect(page.locator('.view-overlays .code-now.world-v')).toHaveCount(1);
  await page.getByRole('checkbox', { name: 'exits' }).uncheck();
  await expect(badge).toHaveCount(0);
});

test('the text outlives a reload', async ({ page }) => {
  await openWith(page, '_start: mov x0, #42 // mine\n        b .\n');
  await expect(page.locator('.program-menu')).toContainText('edited');
  await reload(page);
  await expect(page.locator('.monaco-editor .view-line').first()).toHaveText('_start: mov x0, #42 // mine');
});
