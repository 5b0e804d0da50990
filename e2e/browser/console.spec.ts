// The guest's console: what the guest writes to its UART appears, what is typed reaches it.
import { expect, test } from '@playwright/test';
import { guestConsole, openWith, status, view } from './person.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('before the first byte it says what will fill it, then the text stands there', async ({ page }) => {
  await page.goto('./');
  const console = view(page, 'console');
  await expect(console).toContainText('What the guest writes to its UART');
  await page.locator('.program-menu').click();
  await page.getByRole('menuitemradio', { name: /Hello over the UART/ }).click();
  await expect(status(page)).toHaveText('1At reset');
  await page.keyboard.press('F5');
  await expect(guestConsole(page)).toContainText(/hello/i);
  await expect(console).not.toContainText('What the guest writes');
  await page.keyboard.press('Control+Shift+F5');
  await expect(console).toContainText('What the guest writes to its UART');
});

test('typed bytes reach the guest, and its echo comes back', async ({ page }) => {
  const echo = `_start: mov x1, #0x09000000
        mov w0, #0x70           // 8 bits, FIFOs on
        str w0, [x1, #0x2c]
1:      ldr w2, [x1, #0x18]
        tbnz w2, #4, 1b
        ldrb w0, [x1]
        add w0, w0, #1
        strb w0, [x1]
        b 1b
`;
  await openWith(page, echo);
  await page.keyboard.press('F5');
  await expect(status(page)).toContainText('Running');
  await page.getByRole('button', { name: 'Type to the guest' }).click();
  await expect(page.locator('.guest-console textarea')).toBeFocused();
  await page.keyboard.type('HAL');
  await expect(guestConsole(page)).toContainText('IBM');
  await page.keyboard.press('F6');
  await expect(status(page)).toContainText('Paused');
});

test('the keyboard is not caught in it', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Type to the guest' }).click();
  await expect(page.locator('.guest-console textarea')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('.guest-console textarea')).not.toBeFocused();
});
