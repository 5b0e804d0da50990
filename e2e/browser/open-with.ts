// A page with a program of the test's own in its editor, left and come back to.
import { expect, type Locator, type Page } from '@playwright/test';

/** The editor's lines. */
export const lines = (page: Page): Locator => page.locator('.code-host > .monaco-editor .view-lines').first();

/** Opens the page with `source` as its program. Needs the permissions for the clipboard. */
export async function openWith(page: Page, source: string): Promise<void> {
  await page.goto('./');
  await expect(lines(page)).toContainText('ldrsb');
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+a');
  // Typed as pasted text, so that no line is indented after the one above.
  await page.evaluate((text) => navigator.clipboard.writeText(text), source);
  await page.keyboard.press('Control+v');
  await expect(lines(page)).toContainText(source.split('\n')[0]?.trim() ?? '');
}

/** Reloads the page once what it keeps in the browser has come to rest. */
export async function reload(page: Page): Promise<void> {
  let before: string | undefined;
  const rests = async () => {
    const now = await page.evaluate(() => JSON.stringify(localStorage));
    const same = now === before;
    before = now;
    return same;
  };
  await expect.poll(rests, { intervals: [300] }).toBe(true);
  await page.reload();
}
