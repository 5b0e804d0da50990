// The shell around the views: keys, palette, layouts, themes, narrow screens. The machine behind it is the real one.
import { expect, type Page, test } from '@playwright/test';
import { command, lines, open, reload, status } from './person.ts';

const said = (page: Page) => page.locator('[data-announcer]');
const inside = async (page: Page, selector: string) => {
  const box = await page.locator(selector).boundingBox();
  const view = page.viewportSize();
  return box !== null && view !== null && box.width > 100 && box.height > 100 && box.x + box.width <= view.width + 1;
};

test.describe('commands', () => {
  test('a key right behind the palette’s Enter is heard: no moment lies between the two', async ({ page }) => {
    await open(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Find a command' }).fill('open example hello');
    await page.evaluate(() => {
      const press = (key: string) =>
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }));
      press('Enter');
      press('F5');
    });
    await expect(page.locator('.status-words')).toHaveText(/Powered off|Halted|Ended/);
    await expect(page.locator('[data-view="console"] .xterm-rows')).toContainText(/hello/i);
  });

  test('the palette finds a command by a few letters and Enter does it', async ({ page }) => {
    await open(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('thlig');
    await expect(page.getByRole('option', { selected: true })).toContainText('Theme: Light');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await command(page, 'theme high');
    await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
    await reload(page);
    await expect(page.locator('html')).toHaveAttribute('data-contrast', 'more');
  });

  test('what cannot be done now is listed below and does nothing', async ({ page }) => {
    await open(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('pause');
    const option = page.getByRole('option', { selected: true });
    await expect(option).toContainText('not now');
    await page.keyboard.press('Enter');
    await expect(page.locator('dialog[open]')).toHaveCount(1);
  });

  test('? opens the key sheet, but is typed in the editor', async ({ page }) => {
    await open(page);
    await page.locator('.monaco-editor .view-line').first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('// why?\n');
    await expect(page.locator('.monaco-editor .view-line').first()).toHaveText('// why?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Commands' }).focus();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Keys' });
    await expect(sheet).toContainText('Step over');
    await expect(sheet).toContainText('Alt F10');
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Commands' })).toBeFocused();
  });

  test('F5 never reloads the page, even when nothing can run', async ({ page }) => {
    await open(page);
    await page.evaluate(() => {
      (window as { marker?: number }).marker = 1;
    });
    for (const key of ['F5', 'F5', 'F6', 'F10', 'F11', 'Shift+F11', 'Control+Shift+F5']) await page.keyboard.press(key);
    expect(await page.evaluate(() => (window as { marker?: number }).marker)).toBe(1);
  });
});

test.describe('run control', () => {
  test('step, run to the exit, reset', async ({ page }) => {
    await open(page);
    await expect(status(page)).toHaveText('1At reset');
    await page.keyboard.press('F11');
    await expect(status(page)).toContainText('Stopped at line');
    await expect(page.locator('.status-where').first()).toContainText('1 instr');
    await page.keyboard.press('F5');
    await expect(status(page)).toHaveText('VWaiting for you');
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toHaveAttribute('aria-disabled', 'true');
    await expect(said(page)).toContainText('the guest waits for an answer');
    await expect(page).toHaveTitle('● sensor.s · Trapscope');
    await page.keyboard.press('Control+Shift+F5');
    await expect(status(page)).toHaveText('1At reset');
  });

  test('a changed text is loaded by Run, in the middle of a run too', async ({ page }) => {
    await open(page);
    await page.keyboard.press('F5');
    await expect(status(page)).toHaveText('VWaiting for you');
    await page.locator('.monaco-editor .view-line').first().click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('_start: mov x0, #7\nb .\n');
    await expect(page.locator('.status-line')).toContainText('text changed');
    await page.keyboard.press('F11');
    await expect(status(page)).toHaveText('1Stopped at line 2');
  });
});

test.describe('programs', () => {
  test('an edited program is put aside before another takes its place', async ({ page }) => {
    await open(page);
    await page.locator('.monaco-editor .view-line').first().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('// mine\n');
    await page.locator('.program-menu').click();
    await page.getByRole('menuitemradio', { name: /Hello over the UART/ }).click();
    await expect(page.locator('.program-menu')).toContainText('hello.s');
    await reload(page);
    await expect(page.locator('.program-menu')).toContainText('hello.s');
    await page.locator('.program-menu').click();
    await page.getByRole('menuitem', { name: /sensor\.s/ }).click();
    await expect(page.locator('.monaco-editor .view-line').first()).toHaveText('// mine');
  });
});

test.describe('layouts', () => {
  test('every preset shows the code, and each is remembered apart', async ({ page }) => {
    await open(page);
    for (const name of ['Learn', 'Forensics', 'Embed', 'Debug']) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect(lines(page)).toContainText('ldrsb');
      expect(await inside(page, '.code-view')).toBe(true);
    }
    await page.getByRole('button', { name: 'Forensics', exact: true }).click();
    await reload(page);
    await expect(page.getByRole('button', { name: 'Forensics', exact: true })).toHaveAttribute('aria-current', 'true');
    await expect(lines(page)).toContainText('ldrsb');
  });

  test('a view is docked elsewhere by commands, kept over a reload, and put back', async ({ page }) => {
    await open(page);
    const right = async () => (await page.locator('[data-view="registers"]').boundingBox())?.x ?? 0;
    const before = await right();
    await command(page, 'go to registers');
    await command(page, 'move this view left');
    await expect(said(page)).toContainText('Moved left');
    await expect.poll(right).toBeLessThan(before - 50);
    const moved = await right();
    await reload(page);
    await expect.poll(right).toBe(moved);
    await command(page, 'put this layout back');
    await expect.poll(right).toBe(before);
  });

  test('the code is never behind another tab', async ({ page }) => {
    await open(page);
    await command(page, 'go to exit');
    await command(page, 'tab of the one left');
    await expect(said(page)).toContainText('Nothing left of here takes this view');
    // Dragged onto the code's own tab strip and onto the middle of the code.
    const log = page.locator('.dv-tab', { hasText: 'Exit log' });
    await log.dragTo(page.locator('.dv-tab', { hasText: 'sensor.s' }));
    await log.dragTo(page.locator('.code-view'));
    expect(await inside(page, '.code-view')).toBe(true);
    const group = page.locator('.dv-groupview', { has: page.locator('.dv-tab', { hasText: 'sensor.s' }) });
    await expect(group.locator('.dv-tab')).toHaveCount(1);
    await page.locator('.dv-tab', { hasText: 'sensor.s' }).focus();
    await page.keyboard.press('Delete');
    await expect(lines(page)).toContainText('ldrsb');
  });

  test('damaged or foreign storage gives the default layout', async ({ page }) => {
    await open(page);
    await page.evaluate(() => {
      localStorage.setItem('trapscope.layout.debug', '{"grid":{"root":{"type":"branch"');
      localStorage.setItem('trapscope.preset', '{"x":1}');
      localStorage.setItem('trapscope.theme', '"paisley"');
      localStorage.setItem('trapscope.compact-share', '"most"');
    });
    await reload(page);
    await expect(lines(page)).toContainText('ldrsb');
    await expect(page.getByRole('button', { name: 'Debug', exact: true })).toHaveAttribute('aria-current', 'true');
    for (const view of ['editor', 'exit-card', 'registers', 'exit-log', 'console'])
      await expect(page.locator(`[data-view="${view}"]`)).toBeVisible();
  });

  test('a view that is gone to has the focus, so that what follows is done to it', async ({ page }) => {
    await open(page);
    await page.keyboard.press('F5');
    await expect(status(page)).toHaveText(/Waiting for you/);
    await expect(page.getByRole('textbox', { name: /^Value/ })).toBeFocused();
    await command(page, 'go to registers');
    await expect(page.locator('[data-view="registers"] :focus')).toHaveCount(1);
    await command(page, 'maximize');
    await expect(page.locator('[data-view="exit-card"]')).toBeHidden();
    await expect(page.locator('[data-view="registers"]')).toBeVisible();
  });

  test('views are reached by keys in turn', async ({ page }) => {
    await open(page);
    await page.keyboard.press('Alt+PageDown');
    const first = await page.evaluate(() => document.activeElement?.closest('[data-view]')?.getAttribute('data-view'));
    await page.keyboard.press('Alt+PageDown');
    const second = await page.evaluate(() => document.activeElement?.closest('[data-view]')?.getAttribute('data-view'));
    expect(first).toBeTruthy();
    expect(second).toBeTruthy();
    expect(second).not.toBe(first);
  });
});

test.describe('when something fails', () => {
  test('a machine that cannot be started says so, and is restarted', async ({ page }) => {
    await page.route(/assets\/main-.*\.js$/, (route) => route.abort());
    await page.goto('./');
    const notice = page.getByRole('alert').filter({ hasText: 'internal error' });
    await expect(notice).toBeVisible();
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toHaveAttribute('aria-disabled', 'true');
    await page.unroute(/assets\/main-.*\.js$/);
    await notice.getByRole('button', { name: 'Restart the machine' }).click();
    await expect(status(page)).toHaveText('1At reset');
    await expect(notice).toHaveCount(0);
  });

  test('a view that cannot be loaded says so, and the others stand', async ({ page }) => {
    await page.route(/registers-view.*\.js$/, (route) => route.abort());
    await page.goto('./');
    await expect(page.locator('[data-view="registers"]')).toContainText('Registers could not be loaded');
    await expect(lines(page)).toContainText('ldrsb');
    await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  });
});

test.describe('a smaller window', () => {
  test.use({ viewport: { width: 1024, height: 768 } });

  test('tabs that do not fit are in a menu; what the view in front offers stays in sight', async ({ page }) => {
    await open(page);
    await page.keyboard.press('F5');
    await expect(status(page)).toHaveText(/Waiting for you/);
    const next = page.getByRole('button', { name: 'Previous exit' });
    await expect(next).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'Views in this place' }).first().click();
    await page.getByRole('menuitemradio', { name: 'KVM switches' }).click();
    await expect(page.locator('[data-view="hypervisor"]')).toBeVisible();
    // Behind its tab the exit keeps the sign that it waits.
    await expect(page.locator('.dock-title', { hasText: /Exit$/ }).getByLabel('waits for you')).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1024);
  });
});

test.describe('narrow screens', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('one pane with a tab bar; a waiting exit opens its sheet', async ({ page }) => {
    await open(page);
    await expect(page.locator('.dock')).toHaveCount(0);
    const tabs = page.getByRole('navigation', { name: 'Views' });
    await tabs.getByRole('button', { name: 'Console' }).click();
    await expect(page.locator('[data-view="console"]')).toBeVisible();
    await page.getByRole('button', { name: 'Run' }).click();
    await expect(status(page)).toHaveText('VWaiting for you');
    await expect(page.locator('[data-view="exit-card"]')).toBeVisible();
    await expect(tabs.getByRole('button', { name: /Exit/ })).toHaveAttribute('aria-current', 'page');
    await expect(tabs.getByRole('img', { name: 'waits for you' })).toBeVisible();
    // Nothing sticks out sideways.
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  test('the sheet is shut and sized by its grip', async ({ page }) => {
    await open(page);
    const grip = page.getByRole('separator', { name: /Height of/ });
    await grip.focus();
    await page.keyboard.press('Enter');
    await expect(grip).toHaveAttribute('aria-valuenow', '0');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    await expect(grip).toHaveAttribute('aria-valuenow', '60');
    await reload(page);
    await expect(grip).toHaveAttribute('aria-valuenow', '60');
  });
});
