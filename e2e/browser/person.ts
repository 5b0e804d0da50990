// What a person sees and does on the page, in the words that all specs share.
import { expect, type Locator, type Page } from '@playwright/test';

/** The editor's lines. */
export const lines = (page: Page): Locator => page.locator('.code-host > .monaco-editor .view-lines').first();
export const view = (page: Page, id: string): Locator => page.locator(`[data-view="${id}"]`);
export const card = (page: Page): Locator => view(page, 'exit-card');
export const log = (page: Page): Locator => page.getByRole('grid', { name: 'Exit log' });
export const guestConsole = (page: Page): Locator => view(page, 'console').locator('.xterm-rows');
export const status = (page: Page): Locator => page.locator('.status-words');

/** Opens the page; the program that it greets with is there. */
export async function open(page: Page): Promise<void> {
  await page.goto('./');
  await expect(lines(page)).toContainText('ldrsb');
}

/** Opens the page with `source` as its program. Needs the permissions for the clipboard. */
export async function openWith(page: Page, source: string): Promise<void> {
  await open(page);
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+a');
  // Typed as pasted text, so that no line is indented after the one above.
  await page.evaluate((text) => navigator.clipboard.writeText(text), source);
  await page.keyboard.press('Control+v');
  const count = source.split('\n').length;
  await expect(page.locator('.code-extent')).toHaveText(`${count} line${count === 1 ? '' : 's'}`);
}

/** Opens the page, and in it an example by some words of its name; the machine stands at reset with it. */
export async function openExample(page: Page, words: string): Promise<void> {
  await page.goto('./');
  await expect(lines(page)).toContainText(/[a-z]/);
  await command(page, `open example ${words}`);
  await expect(page.locator('.program-menu')).not.toContainText('sensor.s');
  await expect(status(page)).toHaveText(/At reset/);
}

/** Does what the palette finds first for these words. */
export async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('combobox', { name: 'Find a command' });
  await palette.fill(words);
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
}

/** Takes the first of the fixes offered at the cursor. Those that come while the editor hears of other problems are gone: then again. */
export async function takeFix(page: Page, name: string): Promise<void> {
  const first = page.locator('.action-widget .monaco-list-row.action').first();
  await expect(async () => {
    await page.keyboard.press('Control+.');
    await expect(first).toContainText(name, { timeout: 3000 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(first).toBeHidden();
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

/** On a narrow screen: goes to each of the views (by title and id) behind More, where nothing sticks out sideways. */
export async function walkNarrow(page: Page, views: readonly (readonly [title: string, id: string])[]): Promise<void> {
  await open(page);
  for (const [title, id] of views) {
    await page.getByRole('button', { name: 'More views' }).click();
    await page
      .getByRole('menuitemradio', { name: title })
      .or(page.getByRole('menuitem', { name: title }))
      .click();
    await expect(view(page, id)).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(page.viewportSize()?.width);
    const sticksOut = await view(page, id).evaluate((pane) => {
      const right = pane.getBoundingClientRect().right + 1;
      return [...pane.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > right).map((e) => e.className);
    });
    expect(sticksOut, title).toEqual([]);
  }
}
