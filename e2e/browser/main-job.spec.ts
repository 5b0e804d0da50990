// The main job from end to end, as a person does it: run a guest, be asked by an exit, answer it, see the answer arrive.
import { expect, type Page, test } from '@playwright/test';
import { card, guestConsole, log, open, openExample, reload, status } from './person.ts';

const register = (page: Page, name: string) =>
  page
    .locator('.register', { has: page.locator('.register-name', { hasText: new RegExp(`^${name}$`) }) })
    .locator('.register-value');

test('the sensor: run, answer 0x2a, see it in the register and on the console', async ({ page }) => {
  await open(page);
  await page.keyboard.press('F5');
  await expect(status(page)).toHaveText(/Waiting for you/);
  await expect(card(page)).toContainText('ldrsb w5, [x19, #3] reads 1 byte at 0x0b00_0003, where nobody is. You are the device.');
  await expect(card(page)).toContainText('HCR_EL2.VM = 1');
  await expect(card(page)).toContainText('ESR_EL2 0x0000_0000_9325_0005');
  await expect(guestConsole(page)).toContainText('sensor: ready');

  // The answer box has the focus; what an answer would do is told before it is given.
  const answer = page.getByRole('textbox', { name: 'Value, 1 byte' });
  await expect(answer).toBeFocused();
  await answer.fill('0x12a');
  await expect(card(page)).toContainText('This needs 9 bits; 8 fit.');
  await answer.fill('0x2a');
  await expect(page.locator('.answer-lands')).toContainText('w5 0x0 → 0x2a');
  await answer.press('Enter');

  // It arrives: in the register with its mark, on the console, in the log.
  await expect(status(page)).toHaveText(/Waiting for you/);
  await expect(card(page)).toContainText('str w21, [x19, #8] writes 4 bytes at 0x0b00_0008');
  await expect(register(page, 'x5')).toHaveAttribute('aria-label', /^x5 0x2a,/);
  await expect(page.locator('.change-list')).toContainText('x50x0→0x2aanswer to exit 15');
  await expect(guestConsole(page)).toContainText('degrees: 42');
  // The row is some screens above the newest: the grid is one stop, and its keys move along it.
  await log(page).focus();
  for (let n = 0; n < 13; n += 1) await page.keyboard.press('ArrowUp');
  await expect(log(page).getByRole('row').filter({ hasText: 'ldrsb w5' })).toContainText('you · 0x2a');
});

test('a write is accepted, a rule answers from then on, and the run ends', async ({ page }) => {
  await open(page);
  await page.keyboard.press('F5');
  await page.getByRole('checkbox', { name: /Always answer so/ }).check();
  await page.getByRole('textbox', { name: 'Value, 1 byte' }).fill('7');
  await page.keyboard.press('Enter');
  await expect(card(page)).toContainText('writes 4 bytes');
  await page.getByRole('checkbox', { name: /Always answer so/ }).check();
  await page.getByRole('button', { name: 'Storage' }).click();
  await expect(status(page)).toHaveText(/Ended|Off|shut/i);
  await expect(guestConsole(page)).toContainText('degrees: 7');
  await expect(log(page)).toContainText('rule 2 · storage');
  await log(page).focus();
  for (let n = 0; n < 14; n += 1) await page.keyboard.press('ArrowUp');
  await expect(log(page)).toContainText('rule 1 · 0x7');
  await expect(log(page)).not.toContainText('waiting for you');
});

test('an implementation-defined register is refused, and the guest takes UNDEFINED at its vector', async ({ page }) => {
  await openExample(page, 'implementation-defined register: you answer');
  await page.keyboard.press('F5');
  await expect(card(page)).toContainText('mrs x4, s3_0_c15_c2_0 reads an implementation-defined register. You are the register.');
  await expect(card(page)).toContainText('HCR_EL2.TIDCP = 1');
  await page.getByRole('button', { name: 'Refuse' }).click();
  await expect(guestConsole(page)).toContainText('UNDEFINED');
  // The first exit in full: the injection stands where the answer box stood.
  await log(page).focus();
  await page.keyboard.press('Home');
  await expect(card(page)).toContainText('Exception into the guest');
  await expect(card(page)).toContainText('ESR_EL1 0x0200_0000');
  await expect(register(page, 'x10')).toHaveAttribute('aria-label', /0x0200_0000/);
});

test('a store without syndrome fails the run with ENOSYS, or asks, or is aborted', async ({ page }) => {
  await openExample(page, 'refused');
  await page.keyboard.press('F5');
  await expect(card(page)).toContainText('ENOSYS');
  await expect(log(page)).toContainText('ENOSYS');

  await openExample(page, 'forwarded');
  await page.keyboard.press('F5');
  await expect(card(page)).toContainText('KVM_EXIT_ARM_NISV');
  await page.getByRole('button', { name: 'External abort' }).click();
  await expect(guestConsole(page)).toContainText('external abort caught');

  await openExample(page, 'aborted');
  await page.keyboard.press('F5');
  await expect(guestConsole(page)).toContainText('external abort caught');
  await expect(status(page)).toContainText('Powered off');
  await log(page).focus();
  await page.keyboard.press('Home');
  await expect(log(page)).toContainText('rule 1 · external abort');
});

test('a guest in an endless loop is paused', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('new program');
  await page.keyboard.press('Enter');
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('_start: add x0, x0, #1\n        b _start\n');
  await page.keyboard.press('F5');
  await expect(status(page)).toHaveText(/Running/);
  await page.keyboard.press('F6');
  await expect(status(page)).toHaveText(/Paused/);
  await expect(register(page, 'x0')).not.toHaveAttribute('aria-label', /^x0 0x0,/);
});

test('stepping, a breakpoint, a register written by hand', async ({ page }) => {
  await open(page);
  await page.keyboard.press('F11');
  await expect(status(page)).toHaveText(/Stopped|Paused|Stepped/i);
  await expect(register(page, 'x9')).not.toHaveAttribute('aria-label', /^x9 0x0,/);
  await expect(page.locator('.change-list')).toContainText('x9');
  await register(page, 'x20').click();
  await page.getByRole('textbox', { name: 'x20, 64 bits' }).fill('5');
  await page.keyboard.press('Enter');
  await expect(page.locator('.change-list')).toContainText('you, by hand');
  await expect(register(page, 'x20')).toHaveAttribute('aria-label', /^x20 0x5,/);
});

test('a reload brings everything back: text, answers, rules, the exit that waits', async ({ page }) => {
  await open(page);
  await page.keyboard.press('F5');
  await page.getByRole('textbox', { name: 'Value, 1 byte' }).fill('0x2a');
  await page.keyboard.press('Enter');
  await expect(card(page)).toContainText('str w21, [x19, #8] writes 4 bytes');
  await reload(page);
  await expect(status(page)).toHaveText(/Waiting for you/);
  await expect(card(page)).toContainText('str w21, [x19, #8] writes 4 bytes');
  await expect(register(page, 'x5')).toHaveAttribute('aria-label', /^x5 0x2a,/);
  await expect(guestConsole(page)).toContainText('degrees: 42');
  await page.getByRole('button', { name: 'Ignore' }).click();
  await expect(card(page)).toContainText('ldrsb w5, [x19, #3] reads 1 byte');
});

test('reset goes back to the start', async ({ page }) => {
  await open(page);
  await page.keyboard.press('F5');
  await expect(status(page)).toHaveText(/Waiting for you/);
  await page.keyboard.press('Control+Shift+F5');
  await expect(log(page)).toContainText('No exit yet');
  await expect(register(page, 'x19')).toHaveAttribute('aria-label', /^x19 0x0,/);
});
