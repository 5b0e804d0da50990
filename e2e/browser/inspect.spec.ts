// System registers, trap controls, translation and PSTATE as a person uses them, on real machines: the examples, run to where they stop.
import { expect, type Page, test } from '@playwright/test';
import { command, lines, open, reload, status, view, walkNarrow } from './person.ts';

/** Opens an example (the sensor unless another is named) and runs it to where it waits. */
async function run(page: Page, example?: string): Promise<void> {
  await open(page);
  if (example !== undefined) await command(page, `open example ${example}`);
  await page.keyboard.press('F5');
  await expect(status(page)).toHaveText(/Waiting for you/);
}

/** Steps once, to this line. */
async function step(page: Page, to: number): Promise<void> {
  await page.keyboard.press('F11');
  await expect(status(page)).toHaveText(new RegExp(`Stopped at line ${to}$`));
}

const list = (page: Page) => page.getByRole('grid', { name: 'System registers' });

async function openRegister(page: Page, name: string): Promise<void> {
  await page.getByRole('textbox', { name: /Find a register/ }).fill(name);
  await list(page)
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) })
    .first()
    .click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
}

test.describe('system registers', () => {
  test('found, opened by keys alone, with fields in words and who takes an access', async ({ page }) => {
    await run(page);
    await command(page, 'go to system registers');
    await page.getByRole('textbox', { name: /Find a register/ }).focus();
    await page.keyboard.type('3 0 0 4 0');
    await expect(list(page)).toContainText('ID_AA64PFR0_EL1');
    await list(page).focus();
    // The heading of the group is passed over.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const pane = page.getByRole('region', { name: 'Register', exact: true });
    await expect(page.getByRole('heading', { name: 'ID_AA64PFR0_EL1' })).toBeFocused();
    await expect(pane).toContainText('Read-only.');
    await expect(pane).toContainText('FEAT_DIT');
    await expect(pane).toContainText('KVM answers it with the VM’s');
    const reads = page.getByRole('region', { name: 'Read, MRS' });
    await expect(reads).toContainText('trapped to EL2, EC 0x18');
    await expect(reads).toContainText('HCR_EL2.TID3 = 1');
    await reads.getByText('1 rule, asked in this order').click();
    await expect(reads.getByRole('listitem').filter({ hasText: 'decides now' })).toContainText('HCR_EL2.TID3=1');
  });

  test('one that this processor lacks says what announces it', async ({ page }) => {
    await run(page);
    await command(page, 'go to system registers');
    await page.getByRole('textbox', { name: /Find a register/ }).fill('zcr_el1');
    await expect(page.getByText('No register has “zcr_el1”')).toBeVisible();
    await page.getByRole('radio', { name: 'all' }).click();
    await openRegister(page, 'ZCR_EL1');
    await expect(view(page, 'system-registers')).toContainText('ZCR_EL1 needs FEAT_SVE (ID_AA64PFR0_EL1.SVE>=1)');
  });

  test('a hand writes it whole and by field; it is marked, kept over a reload, and read by the guest', async ({ page }) => {
    await open(page);
    await command(page, 'new program');
    await page.locator('.monaco-editor .view-line').first().click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('_start: nop\n mrs x7, tpidr_el1\n mrs x8, cntkctl_el1\n b .\n');
    await step(page, 2);
    await command(page, 'go to system registers');
    await openRegister(page, 'TPIDR_EL1');
    const field = page.getByRole('textbox', { name: 'TPIDR_EL1, 64 bits' });
    await field.fill('0x1_0000_0000_0000_0000');
    await expect(view(page, 'system-registers')).toContainText('This needs 65 bits; 64 fit.');
    await field.fill('0x77');
    await field.press('Enter');
    await expect(field).toHaveValue('0x0000_0000_0000_0077');
    await expect(page.locator('.sysreg-was').getByRole('img', { name: 'written by hand' })).toBeVisible();

    await page.getByRole('button', { name: 'All registers' }).click();
    await openRegister(page, 'CNTKCTL_EL1');
    const whole = page.getByRole('textbox', { name: 'CNTKCTL_EL1, 64 bits' });
    await whole.fill('0');
    const fields = page.getByRole('table', { name: 'Fields' });
    await fields.getByRole('switch', { name: 'EL0VCTEN', exact: true }).click();
    await fields.getByRole('button', { name: /^EVNTI / }).click();
    await page.getByRole('textbox', { name: 'EVNTI, 4 bits' }).fill('5');
    await page.keyboard.press('Enter');
    await page.locator('.sysreg').getByRole('switch', { name: 'bit 0 of EL0PCTEN' }).click();
    await expect(whole).toHaveValue('0x0000_0000_0000_0053');
    await page.getByRole('button', { name: 'Write', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Write', exact: true })).toHaveAttribute('aria-disabled', 'true');

    await reload(page);
    await expect(status(page)).toHaveText(/Paused at line 2/);
    await step(page, 3);
    await step(page, 4);
    await command(page, 'go to registers');
    await expect(page.locator('.register-value[aria-label^="x7 0x77,"]')).toBeVisible();
    await expect(page.locator('.register-value[aria-label^="x8 0x53,"]')).toBeVisible();
  });

  test('what changed since the last stop is listed', async ({ page }) => {
    await open(page);
    await command(page, 'new program');
    await page.locator('.monaco-editor .view-line').first().click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('_start: mov x1, #9\n msr tpidr_el0, x1\n b .\n');
    await step(page, 2);
    await step(page, 3);
    await command(page, 'go to system registers');
    await page.getByRole('radio', { name: 'changed' }).click();
    const row = list(page).getByRole('row').filter({ hasText: 'TPIDR_EL0' });
    await expect(row).toContainText('0009');
    await expect(row.getByRole('img', { name: 'changed while the machine ran' })).toBeVisible();
  });
});

test.describe('trap controls', () => {
  test('HCR_EL2 as KVM has it: TIDCP in words, and what VM has decided leads on', async ({ page }) => {
    await run(page);
    await command(page, 'go to trap controls');
    const controls = page.getByRole('table', { name: 'Controls of HCR_EL2' });
    const row = (name: string) => controls.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
    await expect(row('TIDCP')).toContainText('The IMPLEMENTATION DEFINED register and instruction space goes to EL2.');
    await expect(row('TIDCP').getByRole('cell').nth(2)).toHaveText('1');
    await expect(row('VM')).toContainText('15 exits');
    await controls.getByRole('button', { name: 'VM, in full', exact: true }).click();
    await expect(controls).toContainText('from lines');
    await controls.getByRole('button', { name: 'Exit 14', exact: true }).click();
    await expect(view(page, 'exit-card')).toContainText('strb');
    await expect(page.getByText('exit 14 of 15')).toBeVisible();
  });

  test('an exit that TIDCP decided, with its line, and the registers that a control takes', async ({ page }) => {
    await run(page, 'implementation-defined register: you answer');
    await command(page, 'go to trap controls');
    const main = page.getByRole('region', { name: 'One register' });
    await main.getByRole('button', { name: 'TIDCP, in full', exact: true }).click();
    await expect(main).toContainText('1 exit');
    await main.getByRole('button', { name: /^Line \d+, 1 exit$/ }).click();
    await expect(page.locator('.monaco-editor .current-line, .monaco-editor .view-overlays .current-line').first()).toBeVisible();
    await main.getByRole('button', { name: 'TID1, in full', exact: true }).click();
    await main.getByRole('button', { name: 'REVIDR_EL1', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'REVIDR_EL1' })).toBeVisible();
  });

  test('fine-grained traps, and before the first run that nothing is loaded', async ({ page }) => {
    await open(page);
    await command(page, 'go to trap controls');
    const main = page.getByRole('region', { name: 'One register' });
    await expect(main).toContainText('At reset: KVM loads its values when the vCPU runs for the first time.');
    await main.getByRole('combobox', { name: 'Register of trap controls' }).selectOption('HFGRTR_EL2');
    await expect(page.getByRole('table', { name: 'Controls of HFGRTR_EL2', exact: true })).toContainText(
      'Reads of TPIDR_EL1 go to EL2.',
    );
  });
});

test.describe('translation', () => {
  test('0x0b000003: stage 1 off, stage 2 invalid at L1[0]', async ({ page }) => {
    await run(page);
    await command(page, 'go to translation');
    const walk = page.getByRole('list', { name: 'Walk' });
    await page.getByRole('textbox', { name: /^Address/ }).fill('0x0b000003');
    await page.getByRole('radio', { name: 'read' }).click();
    const stage1 = page.getByRole('region', { name: 'Stage 1, EL1&0' });
    await expect(stage1).toContainText('SCTLR_EL1.M = 0');
    const stage2 = page.getByRole('region', { name: 'Stage 2' });
    await expect(stage2).toContainText(/VTTBR_EL2 0x[0-9a-f_]+/);
    await expect(stage2.locator('summary').first()).toContainText('L1[0]');
    await expect(stage2.locator('summary').first()).toContainText('invalid');
    await expect(walk).toContainText('Translation fault, level 1');
    await expect(walk).toContainText('stage 2 · fault status 0x05 · IPA 0x0b00_0003');
    await expect(page.getByRole('list', { name: 'Why it faults' })).toContainText('HCR_EL2.VM = 1');
    await expect(view(page, 'translation')).toContainText('Device-nGnRnE');
  });

  test('picked addresses: the program maps, FAR is the exit’s, and nonsense is told', async ({ page }) => {
    await run(page);
    await command(page, 'go to translation');
    const pane = view(page, 'translation');
    await expect(pane).toContainText('2 MiB block');
    await expect(page.getByRole('list', { name: 'Permissions' })).toContainText('execute');
    await pane.getByRole('button', { name: 'Pick an address' }).click();
    await page.getByRole('menuitem', { name: /^far of exit 15/ }).click();
    await expect(pane).toContainText('FAR of exit 15');
    await expect(pane).toContainText('0x0b00_0003');
    await page.getByRole('textbox', { name: /^Address/ }).fill('poll');
    await expect(pane).toContainText('0x4008_001c');
    await page.getByRole('radio', { name: 'EL2' }).click();
    await expect(pane).toContainText('EL2 is the KVM model here');
    await page.getByRole('textbox', { name: /^Address/ }).fill('nowhere');
    await expect(pane).toContainText('“nowhere” is no number, register or symbol');
  });
});

test('PSTATE in full stands at the foot of the registers: fields in words, a bit flipped by hand, and software step', async ({
  page,
}) => {
  await run(page);
  const pane = view(page, 'registers');
  await expect(pane.getByRole('group', { name: 'PSTATE' })).toBeVisible();
  await expect(pane).toContainText('IRQs are masked.');
  await expect(pane).toContainText('EL1h');
  const step = pane.getByRole('region', { name: 'Software step' });
  await expect(step.getByRole('listitem').filter({ hasText: /^inactive$/ })).toHaveAttribute('aria-current', 'true');
  await expect(step).toContainText('MDSCR_EL1.SS = 0');
  await pane.getByRole('switch', { name: 'bit 31 of N' }).click();
  await expect(pane.getByRole('switch', { name: 'bit 31 of N' })).toHaveAttribute('aria-checked', 'true');
  await expect(pane.locator('summary', { hasText: 'pstate' })).toContainText('N 1');
  // EL2 is the model's: the mode bits do not take it.
  await pane.getByRole('switch', { name: 'bit 3 of M' }).click();
  await expect(page.locator('.notice')).toContainText('that mode does not exist here');
});

test('W and V registers: lower halves, lanes, and 128 bits written by hand', async ({ page }) => {
  await run(page);
  const pane = view(page, 'registers');
  await pane.getByRole('radio', { name: 'W', exact: true }).click();
  await pane.getByRole('button', { name: /^w20 / }).click();
  await page.getByRole('textbox', { name: 'w20, 32 bits' }).fill('-1');
  await page.keyboard.press('Enter');
  await expect(pane.getByRole('button', { name: /^w20 0xffff_ffff,/ })).toBeVisible();
  await pane.getByRole('radio', { name: 'X', exact: true }).click();
  await expect(pane.getByRole('button', { name: /^x20 0xffff_ffff,/ })).toBeVisible();
  await pane.getByRole('radio', { name: 'V', exact: true }).click();
  await pane.getByRole('button', { name: /^v7 / }).click();
  await page.getByRole('textbox', { name: 'v7, 128 bits' }).fill('0x3ff8_0000_0000_0000_4000_0000_bf80_0000');
  await page.keyboard.press('Enter');
  const v7 = pane.locator('.register', { has: page.getByText('v7', { exact: true }) });
  await expect(v7.getByRole('img', { name: 'written by hand' })).toBeVisible();
  await pane.getByRole('radio', { name: 'S', exact: true }).click();
  await pane.getByRole('radio', { name: 'float' }).click();
  await expect(v7).toContainText('1.9375');
  await expect(v7).toContainText('-1');
  await pane.getByRole('radio', { name: 'D', exact: true }).click();
  await expect(v7).toContainText('1.5');
  await expect(pane.getByRole('region', { name: 'FPSR' })).toBeVisible();
});

test.describe('narrow screens', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the views stand behind More, and nothing sticks out sideways', async ({ page }) => {
    await walkNarrow(page, [
      ['System registers', 'system-registers'],
      ['Trap controls', 'trap-controls'],
      ['Translation', 'translation'],
    ]);
    await page.getByRole('button', { name: 'More views' }).click();
    await page.getByRole('menuitemradio', { name: 'System registers' }).click();
    await openRegister(page, 'SCTLR_EL1');
    await page.getByRole('button', { name: 'All registers' }).click();
    await expect(list(page)).toBeVisible();
  });
});

test.describe('rights, aborts and the TLB', () => {
  test('a fault says which abort it would be; a mapped address who may do what', async ({ page }) => {
    await run(page);
    await command(page, 'go to translation');
    await page.getByRole('textbox', { name: /^Address/ }).fill('0x0b000003');
    await page.getByRole('radio', { name: 'write' }).click();
    const abort = page.getByRole('region', { name: 'The abort it would be' });
    await expect(abort).toContainText('would be taken to EL2: EC 0x24, Data Abort from a lower EL');
    await expect(abort).toContainText('ESR_EL2 0x0000_0000_9200_0045');
    await expect(abort).toContainText('HPFAR_EL2 0x000b_0000');
    await page.getByRole('textbox', { name: /^Address/ }).fill('pc');
    const rights = page.getByRole('region', { name: 'Rights' });
    await expect(rights.getByRole('row', { name: /EL0/ }).getByRole('cell')).toHaveText([/yes/, /yes/, /yes/]);
    await page.getByRole('radio', { name: 'LDTR' }).click();
    await expect(view(page, 'translation')).toContainText('LDTR acts with the permissions of EL0.');
  });

  test('what the TLB keeps, and from an entry to its walk by keys', async ({ page }) => {
    await run(page);
    await command(page, 'go to translation');
    await page.getByRole('radio', { name: 'TLB' }).click();
    const tlb = page.getByRole('grid', { name: 'TLB' });
    const row = tlb.getByRole('row').filter({ hasText: 'EL1&0' });
    await expect(row.first()).toContainText('0x0000_0010_4008_0000');
    await expect(view(page, 'translation')).toContainText('stays in use until a TLBI drops it');
    await tlb.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: /^Address/ })).toHaveValue('0x4008_0000');
    await expect(page.getByRole('list', { name: 'Walk' })).toContainText('0x0000_0010_4008_0000');
  });

  test('a TLBI forgotten: the entry that memory contradicts is marked, until a TLBI drops it', async ({ page }) => {
    await open(page);
    await command(page, 'open example forgotten');
    await expect(lines(page)).toContainText('TLBI');
    await command(page, 'go to translation');
    await page.getByRole('radio', { name: 'TLB' }).click();
    const stale = page.getByRole('grid', { name: 'TLB' }).getByRole('row').filter({ hasText: '0x8000_0000' });
    for (const [exit, marked] of [
      [1, 0],
      [2, 1],
      [3, 0],
    ] as const) {
      await page.keyboard.press('Shift+F5');
      await expect(
        page
          .getByText(`exit ${exit} of ${exit}`)
          .or(page.getByText(`${exit} exit`).first())
          .first(),
      ).toBeVisible();
      await expect(stale).toBeVisible();
      await expect(stale.getByRole('img', { name: /^stale: memory’s tables now lead to 0x1040085000$/ })).toHaveCount(marked);
    }
  });
});
