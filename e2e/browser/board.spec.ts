// Boards and files: who lives at EL2 and on what, programs opened from files and given away as files, and files that are no programs.
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { assemble } from '#asm';
import { readElf, writeElf } from '#formats';
import { command, guestConsole, lines, open, reload, status } from './person.ts';

const notice = (page: Page) => page.locator('.notice');

const BARE = `
_start: adr x1, text
        mov x2, #0x09000000
1:      ldrb w3, [x1], #1
        cbz w3, done
        strb w3, [x2]
        b 1b
done:   ldr w0, =0x84000008
        smc #0
        b .
text:   .asciz "EL2 is mine\\n"
`;

function bareElf(): Buffer {
  const assembly = assemble(BARE, { base: 0x4008_0000n });
  if (!assembly.image) throw new Error('it assembles');
  return Buffer.from(writeElf({ ...assembly, image: assembly.image }));
}

async function openFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await command(page, 'open a file');
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
}

/** Drops a file on the page, as a file manager would. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.evaluate(
    ([file, data]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], file));
      for (const type of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    },
    [name, bytes.toString('base64')] as const,
  );
}

async function bareMetal(page: Page): Promise<void> {
  await command(page, 'board');
  const dialog = page.getByRole('dialog', { name: 'Board' });
  await dialog.getByRole('radio', { name: 'none' }).click();
  await dialog.getByRole('button', { name: 'Take this board' }).click();
  await expect(dialog).toBeHidden();
}

test('an ELF file on bare metal: opened, listed, run at EL2, and there after a reload', async ({ page }) => {
  await open(page);
  await openFile(page, 'bare.elf', bareElf());
  await expect(lines(page)).toContainText('entry 0x40080000');
  await bareMetal(page);
  await expect(page.locator('.status-board')).toContainText('bare metal, EL2, max');
  await page.keyboard.press('F11');
  await expect(status(page)).toContainText('Stopped at line');
  await expect(page.locator('.pstate-line')).toContainText('EL2h');
  await page.keyboard.press('F5');
  await expect(status(page)).toContainText('Powered off');
  await expect(guestConsole(page)).toContainText('EL2 is mine');
  await expect(page.locator('[data-view="exit-log"]')).toContainText('Nothing exits on bare metal');
  // A listing cannot be typed into.
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.type('x');
  await expect(lines(page)).toContainText('// bare.elf: entry');
  await reload(page);
  await expect(lines(page)).toContainText('// bare.elf: entry');
  await expect(guestConsole(page)).toContainText('EL2 is mine');
});

const CALLS = `
_start: mov     w0, #4                  // SYS_WRITE0
        adr     x1, hello
        hlt     #0xf000
        mov     w0, #1                  // SYS_OPEN, wb
        adr     x1, name_of
        hlt     #0xf000
        adr     x1, what
        str     x0, [x1]
        mov     w0, #5                  // SYS_WRITE
        hlt     #0xf000
        mov     w0, #0x20               // SYS_EXIT_EXTENDED
        adr     x1, status
        hlt     #0xf000
hello:  .asciz  "called"
file:   .ascii  "out.log"
        .balign 8
name_of: .quad  file, 5, 7
what:   .quad   0, hello, 6
status: .quad   0x20026, 3
`;

test('semihosting on bare metal: the console, a file that can be saved, and the status', async ({ page }) => {
  const { image, base, ...rest } = assemble(CALLS, { base: 0x4008_0000n });
  if (!image) throw new Error('it assembles');
  await open(page);
  await openFile(page, 'calls.elf', Buffer.from(writeElf({ ...rest, base, image })));
  await expect(lines(page)).toContainText('entry 0x40080000');
  await bareMetal(page);
  // Without it the instruction is not there.
  await page.keyboard.press('F11');
  await page.keyboard.press('F11');
  await page.keyboard.press('F11');
  await expect(page.locator('.pstate-line')).toContainText('EL2h');
  await expect(guestConsole(page)).toHaveCount(0);
  await command(page, 'board');
  const dialog = page.getByRole('dialog', { name: 'Board' });
  await dialog.getByRole('checkbox', { name: 'HLT #0xF000 calls the host' }).check();
  await dialog.getByRole('button', { name: 'Take this board' }).click();
  await expect(dialog).toBeHidden();
  await page.keyboard.press('F5');
  await expect(guestConsole(page)).toContainText('called');
  await expect(status(page)).toContainText('Ended');
  await reload(page);
  await expect(status(page)).toContainText('Ended');
  const download = page.waitForEvent('download');
  await command(page, 'save the files that the guest has made');
  const file = await download;
  expect(file.suggestedFilename()).toBe('out.log');
  expect(readFileSync(await file.path(), 'utf8')).toBe('called');
});

test('dropped on the page; the same under KVM, whose EL2 is not the program’s', async ({ page }) => {
  await open(page);
  await drop(page, 'dropped.elf', bareElf());
  await expect(lines(page)).toContainText('// dropped.elf: entry');
  await page.keyboard.press('F5');
  await expect(guestConsole(page)).toContainText('EL2 is mine');
  await expect(page.getByRole('grid', { name: 'Exit log' })).toContainText('smc #0x0');
});

test('the board is the program’s: vCPUs, memory, processor; kept over a reload, and what is not to be had is said', async ({
  page,
}) => {
  await open(page);
  await command(page, 'board');
  const dialog = page.getByRole('dialog', { name: 'Board' });
  await dialog.getByRole('radio', { name: '3', exact: true }).click();
  await dialog.getByRole('combobox', { name: 'Memory' }).selectOption({ label: '16 MiB' });
  await dialog.getByRole('combobox', { name: 'Processor' }).selectOption('cortex-a72');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Take this board' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('radio', { name: /^vCPU 2/ })).toContainText('off');
  await expect(page.locator('.status-board')).toContainText('cortex-a72');
  await reload(page);
  await expect(page.getByRole('radio', { name: /^vCPU 2/ })).toContainText('off');
});

test('files that are no programs are refused in a sentence, and what was there stays', async ({ page }) => {
  await open(page);
  const good = bareElf();
  const other = Buffer.from(good);
  other.writeUInt16LE(62, 18);
  for (const [name, bytes, says] of [
    ['cut.elf', good.subarray(0, 100), 'cut.elf: the program headers lie outside the file'],
    ['x86.elf', other, 'an ELF file for another machine (e_machine 62; AArch64 is 183)'],
    ['long.s', Buffer.alloc(5 * 1024 * 1024, 'nop\n'), 'long.s has 5 MiB; a text here has 4 MiB at most.'],
  ] as const) {
    await drop(page, name, bytes);
    await expect(notice(page)).toContainText(says);
  }
  await drop(page, 'large.elf', Buffer.concat([good.subarray(0, 64), Buffer.alloc(33 * 1024 * 1024)]));
  await expect(notice(page)).toContainText('large.elf has 33.0 MiB; a program here has 32 MiB at most.');
  await expect(lines(page)).toContainText('SENSOR');
});

test('given away: an ELF file that GNU tools and this page read, and a flat image', async ({ page }) => {
  await open(page);
  const elf = page.waitForEvent('download');
  await command(page, 'save the program as an elf');
  const file = await elf;
  expect(file.suggestedFilename()).toBe('sensor.elf');
  const read = readElf(readFileSync(await file.path()));
  expect(read.ok && read.value.entry).toBe(0x4008_0000n);
  expect(read.ok && read.value.symbols.has('poll')).toBe(true);
  const flat = page.waitForEvent('download');
  await command(page, 'save the program as a flat');
  const image = await flat;
  expect(image.suggestedFilename()).toBe('sensor.bin');
  const bytes = readFileSync(await image.path());
  await drop(page, 'again.bin', bytes);
  await expect(lines(page)).toContainText('// again.bin: entry 0x40080000');
  // A flat image goes where it is told to.
  await command(page, 'board');
  const dialog = page.getByRole('dialog', { name: 'Board' });
  await dialog.getByRole('textbox', { name: /^Address of the flat image/ }).fill('somewhere');
  await dialog.getByRole('button', { name: 'Take this board' }).click();
  await expect(dialog.getByRole('status')).toContainText('somewhere is no address to load again.bin at');
  await dialog.getByRole('textbox', { name: /^Address of the flat image/ }).fill('0x4010_0000');
  await page.keyboard.press('Enter');
  await expect(lines(page)).toContainText('// again.bin: entry 0x40100000');
  await page.keyboard.press('F5');
  await expect(status(page)).toHaveText(/Waiting for you/);
});
