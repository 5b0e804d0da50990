// Several vCPUs as a person meets them: the list, one or all stepped, each one's views, and who stopped the run.
import { expect, type Page, test } from '@playwright/test';
import { command, open, status } from './person.ts';

const cpu = (page: Page, n: number) => page.getByRole('radio', { name: new RegExp(`^vCPU ${n}`) });

async function two(page: Page): Promise<void> {
  await open(page);
  await command(page, 'open example two vcpus');
  await command(page, 'go to registers');
  await expect(cpu(page, 1)).toContainText('off');
}

test('one switches the other on; views follow the one that is chosen, by keys alone', async ({ page }) => {
  await two(page);
  // Over the calls that come before CPU_ON, and over it.
  for (let n = 0; n < 14 && (await cpu(page, 1).textContent())?.includes('off'); n += 1) {
    const before = (await cpu(page, 0).textContent()) ?? '';
    await page.keyboard.press('F10');
    await expect(cpu(page, 0)).not.toHaveText(before);
  }
  await expect(cpu(page, 1)).toContainText('can run');
  await expect(cpu(page, 0)).toHaveAttribute('aria-checked', 'true');
  await cpu(page, 0).focus();
  await page.keyboard.press('ArrowDown');
  await expect(cpu(page, 1)).toHaveAttribute('aria-checked', 'true');
  await expect(cpu(page, 1)).toBeFocused();
  await expect(page.locator('.status-where')).toContainText('vCPU 1');
  // A step is its own: the other stands still.
  const [first, second] = [await cpu(page, 0).textContent(), await cpu(page, 1).textContent()];
  await page.keyboard.press('F11');
  await expect(cpu(page, 1)).not.toHaveText(second ?? '');
  await expect(cpu(page, 0)).toHaveText(first ?? '');
  await page.keyboard.press('Control+F11');
  await expect(cpu(page, 0)).not.toHaveText(first ?? '');
  await command(page, 'go to system registers');
  await page.getByRole('textbox', { name: /Find a register/ }).fill('mpidr_el1');
  await expect(
    page.getByRole('grid', { name: 'System registers' }).getByRole('row').filter({ hasText: 'MPIDR_EL1' }),
  ).toContainText('80000001');
  await page.keyboard.press('Control+F6');
  await expect(page.locator('.status-where')).toContainText('vCPU 0');
});

test('run to the end: the log says which vCPU each exit was of', async ({ page }) => {
  await two(page);
  await page.keyboard.press('F5');
  await expect(status(page)).toContainText('Powered off');
  await expect(page.locator('[data-view="console"] .xterm-rows')).toContainText('counted 40');
  // The last exits: the first vCPU's wait, the second's interrupt back.
  const log = page.getByRole('grid', { name: 'Exit log' });
  await log.focus();
  for (let n = 0; n < 3; n += 1) await page.keyboard.press('PageUp');
  await expect(log.getByRole('row').filter({ hasText: 'icc_sgi1r_el1' }).last().getByRole('gridcell').nth(1)).toHaveText('1');
});

test('a sleeping one does not step alone, and says so', async ({ page }) => {
  await two(page);
  await cpu(page, 1).click();
  await page.keyboard.press('F11');
  await expect(status(page)).toContainText('This vCPU sleeps');
  await expect(page.locator('[data-announcer]')).toContainText('vCPU 1 sleeps: step all, or show another');
});

test.describe('narrow screens', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('the list stands above the registers, wide enough for a finger', async ({ page }) => {
    await two(page);
    const box = await cpu(page, 1).boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(40);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});
