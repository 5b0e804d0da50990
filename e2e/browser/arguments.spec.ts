// The three arguments as a person replays them: a guest of the gallery is opened, its switches are flipped, and the difference is seen in the exit
// card, the log, the registers and on the console. Rules and ID registers are edited as views, by pointer and by keys.
import { expect, type Page, test } from '@playwright/test';
import { card, command, guestConsole, log, openExample, reload, status, view, walkNarrow } from './person.ts';

/** Chooses a position of the argument; the machine stands at reset with it. */
async function position(page: Page, word: string): Promise<void> {
  await command(page, 'go to kvm switches');
  const radio = page.getByRole('group', { name: 'Position' }).getByRole('radio', { name: new RegExp(`^${word}`) });
  await radio.check();
  await expect(radio).toBeChecked();
  await expect(status(page)).toHaveText(/At reset/);
}

const place = (page: Page, name: string, value: string) =>
  page.getByRole('group', { name: new RegExp(`, ${name}$`) }).getByRole('radio', { name: new RegExp(`^${value} `) });

/** Brings the log to the front, at its beginning, where this stands. */
async function toFirstExit(page: Page, text: string): Promise<void> {
  await command(page, 'go to exit log');
  // It follows the newest row until a hand has moved it.
  await expect(async () => {
    await log(page).focus();
    await page.keyboard.press('Home');
    await expect(log(page)).toContainText(text, { timeout: 1000 });
  }).toPass();
}

async function run(page: Page): Promise<void> {
  await page.keyboard.press('F5');
}

test.describe('implementation-defined registers', () => {
  test('KVM alone, as posted, as reviewed: what becomes of x4 when you refuse', async ({ page }) => {
    await openExample(page, 'an implementation-defined register: kvm alone');
    await run(page);
    await expect(guestConsole(page)).toContainText('does not keep');
    await expect(guestConsole(page)).not.toContainText('overwritten');
    await expect(log(page)).toContainText('strb');
    await expect(log(page)).not.toContainText('KVM_EXIT_ARM_IDSR');

    await position(page, 'as posted');
    await run(page);
    await command(page, 'go to exit');
    await expect(card(page)).toContainText('s3_0_c15_c2_0 reads an implementation-defined register');
    // x4 held 0x5a: as posted it is gone before anybody has answered.
    const x4 = page.locator('.register-value[aria-label^="x4 "]');
    await expect(x4).not.toHaveAttribute('aria-label', /^x4 0x5a,/);
    const bytes = page.getByRole('region', { name: 'kvm_run' });
    await expect(bytes).toContainText('is_needed01');
    await expect(bytes).not.toContainText('flags');
    await page.getByRole('button', { name: 'Refuse' }).click();
    await expect(guestConsole(page)).toContainText('x4 was overwritten all the same');

    await position(page, 'you answer');
    await run(page);
    await expect(x4).toHaveAttribute('aria-label', /^x4 0x5a,/);
    await expect(bytes).toContainText('flags02000000');
    await command(page, 'go to exit');
    await page.getByRole('button', { name: 'Refuse' }).click();
    await expect(guestConsole(page)).toContainText('UNDEFINED');
    await expect(guestConsole(page)).not.toContainText('overwritten');
  });

  test('a switch waits for the reset while a guest is in the middle of something, and survives a reload', async ({ page }) => {
    await openExample(page, 'an implementation-defined register: you answer');
    await run(page);
    await expect(status(page)).toHaveText(/Waiting for you/);
    await command(page, 'go to kvm switches');
    await place(page, 'KVM_CAP_ARM_IDSR_TO_USER', 'off').check();
    const kvm = view(page, 'hypervisor');
    await expect(kvm).toContainText('At the next reset. The machine still runs without: KVM_CAP_ARM_IDSR_TO_USER.');
    await reload(page);
    await expect(status(page)).toHaveText(/Waiting for you/);
    await command(page, 'go to kvm switches');
    await expect(kvm).toContainText('At the next reset.');
    await page.getByRole('button', { name: 'Reset now' }).click();
    await expect(status(page)).toHaveText(/At reset/);
    await expect(kvm).toContainText('The machine runs with what stands here.');
    await run(page);
    await expect(guestConsole(page)).toContainText('does not keep');
  });

  test('EL0: the same for the guest, another log', async ({ page }) => {
    await openExample(page, 'implementation-defined registers at el0: undefined');
    await run(page);
    await expect(guestConsole(page)).toContainText("EL0's access: EC 18");
    await toFirstExit(page, 'strb');
    await expect(log(page)).not.toContainText('s3_0_c15_c2_0');
    await position(page, 'trapped');
    await run(page);
    await expect(guestConsole(page)).toContainText("EL0's access: EC 18");
    await toFirstExit(page, 's3_0_c15_c2_0');
    await expect(log(page).getByRole('row').filter({ hasText: 's3_0_c15_c2_0' })).toContainText('HCR_EL2.TIDCP');
  });

  test('an answer for each register by rules, by keys alone: moved, changed, deleted, as text', async ({ page }) => {
    await openExample(page, 'implementation-defined registers: an answer for each');
    await command(page, 'go to answer rules');
    const rules = page.getByRole('list', { name: 'Answer rules, in order' });
    await expect(rules.getByRole('listitem')).toHaveCount(3);
    // The constant becomes another one, with the keyboard.
    await page.getByRole('button', { name: /^Rule 2: register S3_0_C15_C2_1/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Value', exact: true }).fill('0xabcd');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Rule 2: register S3_0_C15_C2_1, 0xabcd' })).toBeVisible();
    await page.getByRole('button', { name: 'Move rule 3 up' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Rule 2: register S3_0_C15_C2_2, storage' })).toBeVisible();
    // A register that is none is refused, and nothing changes.
    await page.getByRole('button', { name: 'Add a rule' }).press('Enter');
    await page.getByRole('combobox', { name: 'What it is for' }).selectOption('sysreg');
    await page.getByRole('textbox', { name: 'Register, or * for any' }).fill('frob_el1');
    await page.getByRole('button', { name: 'Keep' }).press('Enter');
    await expect(view(page, 'answer-rules')).toContainText("there is no register 'frob_el1'");
    await page.getByRole('textbox', { name: 'Register, or * for any' }).fill('*');
    await page.getByRole('combobox', { name: 'Answer', exact: true }).selectOption('undef');
    await page.getByRole('button', { name: 'Keep' }).press('Enter');
    await expect(rules.getByRole('listitem')).toHaveCount(4);
    await run(page);
    await expect(guestConsole(page)).toContainText('constant 0000abcd');
    await expect(guestConsole(page)).toContainText('storage  00001234');
    // The whole list as the command line takes it.
    await view(page, 'answer-rules').getByText('As text, for --answers').click();
    const text = page.getByRole('textbox', { name: 'Answer rules as JSON' });
    await expect(text).toHaveValue(/"register":"S3_0_C15_C2_1","access":"any","do":"value","value":"0xabcd"/);
    await text.fill('{ "rules": [{ "on": "mmio" }] }');
    await page.getByRole('button', { name: 'Take these rules' }).click();
    await expect(view(page, 'answer-rules').getByRole('alert')).toContainText('1:13: "address" is missing');
    await text.fill('{ "rules": [{ "on": "nisv", "do": "skip" }] }');
    await page.getByRole('button', { name: 'Take these rules' }).click();
    await expect(rules.getByRole('listitem')).toHaveCount(1);
    await page.getByRole('button', { name: 'Delete rule 1' }).click();
    await expect(view(page, 'answer-rules')).toContainText('No rule yet');
  });
});

test.describe('accesses without syndrome', () => {
  test('refused with the kernel’s words and QEMU’s dump; aborted; in a protected VM; decoded', async ({ page }) => {
    await openExample(page, 'a store without syndrome: refused');
    await run(page);
    await command(page, 'go to exit');
    await expect(card(page)).toContainText('Data abort outside memslots with no valid syndrome info');
    const dump = page.getByRole('region', { name: 'What the VMM prints' });
    await expect(dump).toContainText('error: kvm run failed Function not implemented');
    await expect(dump).toContainText('PC=0000000040080018 X00=0000000000000055');

    await position(page, 'aborted');
    await run(page);
    await expect(guestConsole(page)).toContainText('external abort caught');

    await position(page, 'in a protected VM');
    await run(page);
    await expect(guestConsole(page)).toContainText('external abort caught');
    await toFirstExit(page, 'str w0, [x1], #4');
    await expect(log(page)).not.toContainText('KVM_EXIT_ARM_NISV');

    await position(page, 'decoded in userspace');
    await run(page);
    await expect(guestConsole(page)).toContainText('stored');
    await toFirstExit(page, 'str w0');
    await command(page, 'go to exit');
    const decoded = page.getByRole('region', { name: 'Decoded in userspace' });
    await expect(decoded).toContainText('str w0, [x1], #4');
    await expect(decoded).toContainText('write of 4 bytes');
    await expect(decoded).not.toContainText('not the instruction that trapped');
  });

  test('the race: two vCPUs, and who is first', async ({ page }) => {
    await openExample(page, 'the race of decoding: userspace is first');
    await run(page);
    await expect(guestConsole(page)).toContainText('the store was emulated');
    await position(page, 'the other vCPU is first');
    await run(page);
    await expect(guestConsole(page)).toContainText('another instruction was emulated');
    // The switch alone makes the difference.
    await command(page, 'go to kvm switches');
    await place(page, 'nisv_fetch', 'same').check();
    await page.getByRole('button', { name: 'Reset now' }).click();
    await expect(status(page)).toHaveText(/At reset/);
    await run(page);
    await expect(guestConsole(page)).toContainText('the store was emulated');
    // That is the other position.
    await expect(page.getByRole('radio', { name: /^userspace is first/i })).toBeChecked();
  });

  test('switches of one’s own can be had back after a position', async ({ page }) => {
    await openExample(page, 'the race of decoding: userspace is first');
    await command(page, 'go to kvm switches');
    await place(page, 'id_freeze', 'first-write').check();
    await expect(page.getByRole('radio', { name: /^your own/ })).toBeChecked();
    await position(page, 'the other vCPU is first');
    await page.getByRole('radio', { name: /^your own/ }).check();
    await expect(place(page, 'id_freeze', 'first-write')).toBeChecked();
  });

  test('a script in place of the second vCPU', async ({ page }) => {
    await openExample(page, 'a store without syndrome: replaced by a script');
    await run(page);
    await expect(guestConsole(page)).toContainText('not stored');
    await toFirstExit(page, 'str w0');
    await command(page, 'go to exit');
    await expect(page.getByRole('region', { name: 'Decoded in userspace' })).toContainText('not the instruction that trapped');
  });
});

test.describe('writable ID registers', () => {
  test('a field lowered by hand: written, kept, and met by the guest; frozen after the run', async ({ page }) => {
    await openExample(page, 'writable id registers: as kvm makes them');
    await command(page, 'go to id registers');
    const ids = view(page, 'id-registers');
    await ids.getByRole('combobox', { name: 'ID register' }).selectOption('ID_AA64MMFR1_EL1');
    await ids.getByRole('button', { name: 'PAN, in full' }).click();
    const pan = ids.getByRole('textbox', { name: 'PAN, 4 bits' });
    await pan.fill('1');
    await expect(ids).toContainText('would return 0');
    await pan.press('Enter');
    await expect(ids.getByRole('region', { name: 'What the guest meets now' })).toContainText('HFGITR_EL2.ATS1E1RP');
    await expect(ids.getByRole('region', { name: 'Writes to this register' })).toContainText(
      /0x[0-9a-f]{4}_[0-9a-f]{4}_1011_2122/,
    );

    await run(page);
    await expect(guestConsole(page)).toContainText('ID_AA64MMFR1_EL1.PAN 1: UNDEFINED');
    await expect(guestConsole(page)).toContainText('ID_AA64PFR0_EL1.DIT 1: works');

    // Too late now: EBUSY; the offer is a reset with the write before all else.
    await pan.fill('2');
    await expect(ids).toContainText('would be EBUSY');
    await pan.press('Enter');
    await expect(ids.getByRole('region', { name: 'The last write was refused' })).toContainText('The VM has run');
    await ids.getByRole('button', { name: 'Reset, and write it before all else' }).click();
    await expect(status(page)).toHaveText(/At reset/);
    await expect(ids.getByRole('region', { name: 'Writes to this register' })).toContainText('by the configuration');
    await run(page);
    await expect(guestConsole(page)).toContainText('ID_AA64MMFR1_EL1.PAN 2: works');
    await ids.getByRole('button', { name: 'Reset without these writes' }).click();
    await run(page);
    await expect(guestConsole(page)).toContainText('ID_AA64MMFR1_EL1.PAN 3: works');
  });

  test('who refuses, and why: a missing feature, the architecture, the host', async ({ page }) => {
    await openExample(page, 'writable id registers: as kvm makes them');
    await command(page, 'go to id registers');
    const ids = view(page, 'id-registers');
    const refusal = ids.getByRole('region', { name: 'The last write was refused' });
    const write = async (register: string, field: string, value: string) => {
      await ids.getByRole('combobox', { name: 'ID register' }).selectOption(register);
      await ids.getByRole('button', { name: `${field}, in full` }).click();
      await ids.getByRole('textbox', { name: `${field}, 4 bits` }).fill(value);
      await page.keyboard.press('Enter');
    };
    await write('ID_AA64DFR0_EL1', 'PMUVer', '1');
    await expect(refusal).toContainText('EINVAL: PMUVer');
    await expect(refusal).toContainText('The vCPUs are made without pmu_v3.');
    await write('ID_AA64PFR0_EL1', 'EL0', '0');
    await expect(refusal).toContainText('The architecture. AArch64 at EL0 cannot be taken away.');
    await write('ID_AA64ISAR0_EL1', 'Atomic', '0xf');
    await expect(refusal).toContainText('The host. Atomic promises more than the host has');
    await expect(ids)
      .toContainText('Not run yet: still writable.', { timeout: 1000 })
      .catch(() => undefined);
  });

  test('the proposal freezes them before anything has run', async ({ page }) => {
    await openExample(page, 'writable id registers: frozen by the first write');
    await command(page, 'go to id registers');
    const ids = view(page, 'id-registers');
    await expect(ids).toContainText('Frozen: a register outside the ID space has been written');
    await ids.getByRole('button', { name: 'DIT, in full' }).click();
    await ids.getByRole('textbox', { name: 'DIT, 4 bits' }).fill('0');
    await expect(ids).toContainText('would be EBUSY');
    await position(page, 'as KVM makes them');
    await command(page, 'go to id registers');
    await expect(ids).toContainText('would return 0');
  });
});

test('a configuration that KVM refuses is told, and the machine stays', async ({ page }) => {
  await openExample(page, 'hello');
  await command(page, 'go to kvm switches');
  await place(page, 'ptrauth_address', 'on').check();
  await expect(view(page, 'hypervisor')).toContainText('No machine can be made so.');
  await expect(view(page, 'hypervisor')).toContainText('EINVAL');
  await place(page, 'ptrauth_generic', 'on').check();
  await expect(view(page, 'hypervisor')).toContainText('The machine runs with what stands here.');
  await run(page);
  await expect(guestConsole(page)).toContainText('Hello, hypervisor.');
});

test.describe('narrow screens', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the views stand behind More, and nothing sticks out sideways', async ({ page }) => {
    await walkNarrow(page, [
      ['KVM switches', 'hypervisor'],
      ['Answer rules', 'answer-rules'],
      ['ID registers', 'id-registers'],
    ]);
  });
});

test('every control of the three views has a name and a role', async ({ page }) => {
  await openExample(page, 'writable id registers: as kvm makes them');
  for (const [title, id] of [
    ['kvm switches', 'hypervisor'],
    ['answer rules', 'answer-rules'],
    ['id registers', 'id-registers'],
  ] as const) {
    await command(page, `go to ${title}`);
    await expect(view(page, id)).toBeVisible();
    const nameless = await view(page, id).evaluate((pane) =>
      [...pane.querySelectorAll<HTMLElement>('button, input, select, textarea, [role], [tabindex="0"]')]
        .filter((e) => {
          const labels = 'labels' in e ? (e as HTMLInputElement).labels : null;
          const name = e.getAttribute('aria-label') ?? e.textContent ?? '';
          const quiet = ['status', 'alert', 'presentation'].includes(e.getAttribute('role') ?? '');
          return !quiet && name.trim() === '' && !labels?.length && !e.getAttribute('aria-labelledby');
        })
        .map((e) => e.outerHTML.slice(0, 80)),
    );
    expect(nameless).toEqual([]);
  }
});

test('the editor marks a store without syndrome before it runs, and mends it', async ({ page }) => {
  await openExample(page, 'a store without syndrome: refused');
  const badge = page.getByRole('button', { name: 'Line 18 would exit, EC 0x24: ISV 0, write-back' });
  await expect(badge).toBeVisible();
  const line = page.locator('.view-line').filter({ hasText: /str\s+w0,\s\[x1\],\s#4/ });
  const mend = page.getByText('Write it as str w0, [x1], then add x1, x1, #4');
  await expect(async () => {
    await line.first().click({ position: { x: 100, y: 8 } });
    await page.keyboard.press('Control+.');
    await expect(mend).toBeVisible({ timeout: 3000 });
  }).toPass();
  await mend.click();
  await expect(page.locator('.view-lines')).toContainText(/add\s+x1,\sx1,\s#4/);
  await run(page);
  // With a syndrome the store is an exit like others: the person is asked, and KVM_RUN does not fail.
  await expect(status(page)).toHaveText(/Waiting for you/);
  await expect(badge).toHaveCount(0);
  await command(page, 'go to exit');
  await expect(card(page)).toContainText('str w0, [x1] writes 4 bytes at 0x0b00_0000');
});

test('a view is where it was when one comes back to it', async ({ page }) => {
  await openExample(page, 'a store without syndrome: refused');
  await command(page, 'go to kvm switches');
  const kvm = view(page, 'hypervisor').locator('.kvm');
  await kvm.evaluate((element) => element.scrollTo(0, 200));
  await command(page, 'go to exit');
  await expect(kvm).toBeHidden();
  await command(page, 'go to kvm switches');
  await expect.poll(() => kvm.evaluate((element) => element.scrollTop)).toBe(200);
});
