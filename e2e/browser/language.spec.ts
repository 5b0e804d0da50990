// The editor's language service: what it offers, explains, finds, renames, folds and mends, on the built page with its workers.
import { expect, type Page, test } from '@playwright/test';
import { lines, openWith, status, takeFix } from './person.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const offers = (page: Page) => page.locator('.suggest-widget.visible');
const rows = (page: Page) => offers(page).locator('.monaco-list-row');
const help = (page: Page) => page.locator('.parameter-hints-widget.visible');
const hoverCard = (page: Page) => page.locator('.hover-card');
const cursorLine = (page: Page) => page.locator('.code-host .active-line-number');

/** Where a letter (line and column from 1) stands on screen, once its line does. */
async function letter(page: Page, line: number, column: number): Promise<{ readonly x: number; readonly y: number }> {
  const found = await page.waitForFunction(
    ([row, letters]) => {
      const context = document.createElement('canvas').getContext('2d');
      if (!context) throw new Error('no canvas');
      context.font = '12px "IBM Plex Mono"';
      const width = context.measureText('0').width;
      // Monaco keeps its rows in no order.
      const boxes = [...document.querySelectorAll('.code-host .view-line')].map((element) => element.getBoundingClientRect());
      const box = boxes.sort((p, q) => p.y - q.y)[row - 1];
      return box && { x: box.x + (letters - 0.5) * width, y: box.y + box.height / 2 };
    },
    [line, column] as const,
  );
  const place = await found.jsonValue();
  if (!place) throw new Error(`no line ${line}`);
  return place;
}

/** Points at a letter. */
async function point(page: Page, line: number, column: number): Promise<void> {
  const { x, y } = await letter(page, line, column);
  await page.mouse.move(x - 2, y);
  await page.mouse.move(x, y);
}

/** The program as it stands, line by line. */
async function text(page: Page): Promise<string[]> {
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  return (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
}

/** Puts the cursor at a place (from 1). */
async function place(page: Page, line: number, column: number): Promise<void> {
  await page.keyboard.press('Control+Home');
  for (let i = 1; i < line; i += 1) await page.keyboard.press('ArrowDown');
  for (let i = 1; i < column; i += 1) await page.keyboard.press('ArrowRight');
}

const LOOP = `_start: mov     x0, #3
loop:   subs    x0, x0, #1
        b.ne    loop
        cbz     x0, loop
done:   b       done
`;

test.describe('completion', () => {
  test('a mnemonic is offered with its sentence while it is typed, and taken by Enter', async ({ page }) => {
    await openWith(page, '_start: nop\n        ');
    await page.keyboard.type('adr');
    await expect(rows(page).first()).toContainText('adr');
    await expect(rows(page).first()).toContainText('Forms the address of a label');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(lines(page)).toContainText('adrp');
  });

  test('Enter behind a word that is whole ends the line', async ({ page }) => {
    await openWith(page, '_start: ');
    await page.keyboard.type('nop');
    await expect(rows(page).first()).toContainText('nop');
    await page.keyboard.press('Enter');
    await page.keyboard.type('ret');
    await expect(offers(page)).toBeVisible();
    expect(await text(page)).toEqual(['_start: nop', 'ret']);
  });

  test('behind a blank or a comma stands what the instruction can read there', async ({ page }) => {
    await openWith(page, '_start: ');
    await page.keyboard.type('add');
    await page.keyboard.press('Escape');
    await page.keyboard.type(' ');
    await expect(rows(page).first()).toContainText('x0');
    await page.keyboard.type('x1, ');
    await expect(rows(page).first()).toContainText('x0');
    await expect(offers(page)).not.toContainText('xzr');
  });

  test('a bracket offers base registers', async ({ page }) => {
    await openWith(page, '_start: ldr x0, ');
    await page.keyboard.type('[');
    await expect(rows(page).first()).toContainText('x0');
    await page.keyboard.type('sp');
    await page.keyboard.press('Enter');
    await expect(lines(page)).toContainText('[sp');
  });

  test('a system register is offered with its meaning', async ({ page }) => {
    await openWith(page, '_start: mrs x0, ');
    await page.keyboard.type('sctlr');
    await expect(rows(page).first()).toContainText('sctlr_el1');
    await expect(rows(page).first()).toContainText('System control');
    await page.keyboard.press('Tab');
    expect(await text(page)).toEqual(['_start: mrs x0, sctlr_el1']);
  });

  test('labels for a branch, directives behind a dot, nothing in comments and numbers', async ({ page }) => {
    await openWith(page, `${LOOP}        b       `);
    await page.keyboard.type('lo');
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText('loop');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('.bal');
    await expect(rows(page).first()).toContainText('.balign');
    await page.keyboard.type('ign 8 // lo');
    await expect(offers(page)).toHaveCount(0);
    await page.keyboard.press('Enter');
    await page.keyboard.type('mov x0, #1');
    await expect(offers(page)).toHaveCount(0);
  });

  test('a blank behind what is complete asks nothing', async ({ page }) => {
    await openWith(page, '_start: ret');
    await page.keyboard.type(' ');
    await expect(help(page)).toBeVisible();
    await expect(offers(page)).toHaveCount(0);
  });
});

test('signature help shows the forms, and marks the operand at the cursor', async ({ page }) => {
  await openWith(page, '_start: ');
  await page.keyboard.type('add x0, ');
  await expect(help(page).locator('.signature')).toContainText('add <Rd|SP>, <Rn|SP>, #<imm>{, lsl #0|#12}');
  await expect(help(page).locator('.parameter.active')).toHaveText('<Rn|SP>');
  await expect(help(page).locator('.overloads')).toHaveText(/^1\/\d/);
  await page.keyboard.press('Escape');
  await page.keyboard.type('x1, x2, ');
  await expect(help(page).locator('.signature')).toContainText('add <Rd>, <Rn>, <Rm>{, <shift> #<amount>}');
});

test.describe('hover', () => {
  test('an instruction: its 32 bits, what it does, its flags', async ({ page }) => {
    await openWith(page, '_start: adds    x1, x2, #5\n');
    await point(page, 1, 10);
    await expect(hoverCard(page)).toContainText('b1001441');
    const bits = await hoverCard(page).locator('.bit').allTextContents();
    expect(bits.join('')).toBe((0xb1001441).toString(2).padStart(32, '0'));
    await expect(hoverCard(page).locator('.bit-name').filter({ hasText: /^./ })).toHaveText(['sf', 'sh', 'imm12', 'Rn', 'Rd']);
    await expect(hoverCard(page)).toContainText('X[1] = X[2] + 5');
    await expect(hoverCard(page)).toContainText('writes N Z C V');
  });

  test('what may trap it, from where and by which bit', async ({ page }) => {
    await openWith(page, '_start: msr     sctlr_el1, x0\n');
    await point(page, 1, 10);
    await expect(hoverCard(page).locator('tr').first()).toContainText('HCR_EL2.TVM=1');
    await expect(hoverCard(page).locator('tr').first().getByRole('img')).toHaveText(['1', '2']);
    await expect(hoverCard(page)).toContainText('EC 18');
  });

  test('the choice where the architecture leaves one', async ({ page }) => {
    await openWith(page, '_start: ldr     x0, [x0], #8\n');
    await expect(page.locator('.squiggly-warning')).toHaveCount(1);
    await point(page, 1, 10);
    await expect(hoverCard(page)).toContainText('CONSTRAINED UNPREDICTABLE');
  });

  test('a system register, a label and a number', async ({ page }) => {
    await openWith(page, `${LOOP}        mrs     x1, midr_el1\n        mov     x2, #0x2a\n`);
    await point(page, 6, 24);
    await expect(hoverCard(page)).toContainText('S3_0_C0_C0_0');
    await expect(hoverCard(page)).toContainText('Implementer');
    await point(page, 3, 19);
    await expect(hoverCard(page)).toContainText('Defined on line 2, used 2 times');
    await point(page, 7, 23);
    await expect(hoverCard(page)).toContainText('42');
  });

  test('F1 explains what is at the cursor, Escape ends it', async ({ page }) => {
    await openWith(page, LOOP);
    await page.keyboard.press('Control+Home');
    await place(page, 2, 10);
    await page.keyboard.press('F1');
    await expect(hoverCard(page)).toContainText('X[0] = X[0] - 1');
    await page.keyboard.press('Escape');
    await expect(hoverCard(page)).toBeHidden();
  });

  test('is quick while a guest runs', async ({ page }) => {
    await openWith(page, '_start: b       _start\n');
    await page.keyboard.press('F5');
    await expect(status(page)).toContainText('Running');
    await point(page, 1, 9);
    await expect(hoverCard(page)).toContainText('14000000');
    await expect(status(page)).toContainText('Running');
  });
});

test('nothing that a program says is taken for markup', async ({ page }) => {
  const evil = '<img src=x onerror=document.title=1>';
  const markdown = '[x](https://example.org) **b** $(bug)';
  await openWith(
    page,
    `_start: b       "${evil}"
"${evil}": nop
        .macro  evil
        .ascii  "${evil} ${markdown}"
        .endm
        evil
        .error  "${evil} ${markdown}"
`,
  );
  await place(page, 1, 20);
  await page.keyboard.press('F1');
  await expect(hoverCard(page).locator('.hover-head')).toContainText(evil);
  await page.keyboard.press('Escape');
  await place(page, 6, 10);
  await page.keyboard.press('F1');
  await expect(hoverCard(page).locator('pre')).toContainText(`${evil} ${markdown}`);
  await page.keyboard.press('Escape');
  await point(page, 7, 12);
  await expect(page.locator('.monaco-hover .marker')).toContainText(`${evil} ${markdown}`);
  await page.keyboard.press('Control+Shift+O');
  await expect(page.locator('.quick-input-list')).toContainText(evil);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('        b ');
  await expect(offers(page)).toContainText(evil);
  await page.keyboard.press('Escape');
  await place(page, 1, 20);
  await page.keyboard.press('Shift+F12');
  await expect(page.locator('.peekview-widget .ref-tree')).toContainText(evil);
  await expect(page.locator('.code-view img, .code-view a[href^="https"]')).toHaveCount(0);
  await expect(page).not.toHaveTitle('1');
});

test.describe('names', () => {
  test('F12 and Ctrl+click go to the definition', async ({ page }) => {
    await openWith(page, LOOP);
    await place(page, 4, 22);
    await page.keyboard.press('F12');
    await expect(cursorLine(page)).toHaveText(/^\s*2\b/);
    await page.keyboard.type('again_');
    await expect(lines(page)).toContainText('again_loop:');
    await page.keyboard.press('Control+z');
    await expect(lines(page)).not.toContainText('again_');
    await page.keyboard.down('Control');
    await point(page, 3, 19);
    await expect(page.locator('.goto-definition-link')).toHaveText('loop');
    await page.mouse.down();
    await page.mouse.up();
    await page.keyboard.up('Control');
    await expect(cursorLine(page)).toHaveText(/^\s*2\b/);
    await page.keyboard.type('back_');
    await expect(lines(page)).toContainText('back_loop:');
  });

  test('Shift+F12 shows every use', async ({ page }) => {
    await openWith(page, LOOP);
    await place(page, 2, 2);
    await page.keyboard.press('Shift+F12');
    await expect(page.locator('.peekview-widget .ref-tree .monaco-list-row')).toHaveCount(3);
    await page.keyboard.press('Escape');
    await expect(page.locator('.peekview-widget')).toHaveCount(0);
  });

  test('F2 renames all of them, in one step that can be undone', async ({ page }) => {
    await openWith(page, LOOP);
    await place(page, 3, 19);
    await page.keyboard.press('F2');
    await expect(page.locator('.rename-input')).toBeFocused();
    await expect(page.locator('.rename-input')).toHaveValue('loop');
    await page.keyboard.type('again');
    await page.keyboard.press('Enter');
    await expect(page.locator('.rename-input')).toBeHidden();
    await expect(lines(page)).not.toContainText('loop');
    expect((await text(page)).filter((line) => line.includes('again'))).toHaveLength(3);
    await page.keyboard.press('Control+z');
    await expect(lines(page)).not.toContainText('again');
  });

  test('a name that cannot be given is refused with its reason', async ({ page }) => {
    await openWith(page, LOOP);
    await place(page, 3, 19);
    await page.keyboard.press('F2');
    await expect(page.locator('.rename-input')).toBeFocused();
    await page.keyboard.type('done');
    await page.keyboard.press('Enter');
    await expect(page.locator('.notice')).toContainText('done is a name already.');
    await expect(lines(page)).toContainText('loop:');
  });

  test('Ctrl+Shift+O goes to a name, Ctrl+G to a line', async ({ page }) => {
    await openWith(page, LOOP);
    await page.keyboard.press('Control+Shift+O');
    await expect(page.locator('.quick-input-list .monaco-list-row')).toHaveCount(3);
    await page.keyboard.type('do');
    await expect(page.locator('.quick-input-list .monaco-list-row')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(page.locator('.quick-input-widget')).toBeHidden();
    await expect(cursorLine(page)).toHaveText(/^\s*5\b/);
    await page.keyboard.type('un');
    await expect(lines(page)).toContainText('undone:');
    await page.keyboard.press('Control+g');
    await expect(page.locator('.quick-input-widget input')).toBeFocused();
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await expect(page.locator('.quick-input-widget')).toBeHidden();
    await expect(cursorLine(page)).toHaveText(/^\s*2\b/);
    await page.keyboard.type('a_');
    await expect(lines(page)).toContainText('a_loop:');
  });
});

test('macros, branches of conditionals, comments and sections fold', async ({ page }) => {
  await openWith(
    page,
    `// one
// two
        .text
_start: nop
        .macro  twice
        nop
        nop
        .endm
        .if     1
        twice
        .endif
        b       .
`,
  );
  const controls = page.locator('.codicon-folding-expanded');
  await page.locator('.margin').first().hover();
  await expect(controls).toHaveCount(4);
  await controls.nth(2).click();
  await expect(lines(page).locator('.view-line').filter({ hasText: 'nop' })).toHaveCount(1);
  await expect(page.locator('.line-numbers').filter({ hasText: /^\s*[67]\b/ })).toHaveCount(0);
  await page.locator('.codicon-folding-collapsed').click();
  await expect(lines(page).locator('.view-line').filter({ hasText: 'nop' })).toHaveCount(3);
});

test('what exits in folded lines wears its badge when they are unfolded', async ({ page }) => {
  await openWith(page, '        .text\n_start: hvc     #0\n        b       .\n');
  await page.keyboard.press('F5');
  const badge = page.locator('.code-badge');
  await expect(badge).toBeVisible();
  await page.locator('.margin').first().hover();
  await page.locator('.codicon-folding-expanded').click();
  await expect(badge).toBeHidden();
  await page.locator('.codicon-folding-collapsed').click();
  await expect(badge).toBeVisible();
});

test('a mistake whose meaning is clear is mended by Ctrl+.', async ({ page }) => {
  await openWith(page, '_start: addx    x0, x1, x2\n        b .\n');
  await expect(page.locator('.squiggly-error')).toHaveCount(1);
  await place(page, 1, 20);
  await takeFix(page, 'Change to add');
  await expect(page.locator('.squiggly-error')).toHaveCount(0);
  expect((await text(page))[0]).toBe('_start: add    x0, x1, x2');
});

test('a number is made in steps, and a label that is missing is defined at the end', async ({ page }) => {
  await openWith(page, '_start: add x0, x1, #5000\n        b nowhere');
  await expect(page.locator('.squiggly-error')).toHaveCount(2);
  await place(page, 2, 12);
  await takeFix(page, 'Define nowhere at the end');
  await expect(page.locator('.squiggly-error')).toHaveCount(1);
  await place(page, 1, 22);
  await takeFix(page, 'In two steps');
  await expect(page.locator('.squiggly-error')).toHaveCount(0);
  expect(await text(page)).toEqual([
    '_start: add x0, x1, #0x1, lsl #12',
    '        add x0, x0, #0x388',
    '        b nowhere',
    'nowhere:',
    '',
  ]);
});

test('with a mistake in the program the other lines keep address and code', async ({ page }) => {
  await openWith(page, '_start: mov x0, x99\n        mov x0, #1\n        b .\n');
  const gutter = page.locator('.monaco-editor .line-numbers');
  await expect(gutter.filter({ hasText: '40080000' })).toHaveText('  1    40080000');
  await expect(gutter.filter({ hasText: '40080004' })).toHaveText('  2    40080004  d2800020');
  await expect(gutter.filter({ hasText: '40080008' })).toHaveText('  3    40080008  14000000');
});

test('what the assembler says is about the text as it stands at last', async ({ page }) => {
  await openWith(page, '_start: nop\n');
  await page.keyboard.type('        frobnicate x0', { delay: 5 });
  for (let i = 0; i < 'frobnicate x0'.length; i += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('wfi', { delay: 5 });
  await expect(page.locator('.line-numbers').filter({ hasText: '40080004' })).toHaveText('  2    40080004  d503207f');
  await expect(page.locator('.squiggly-error')).toHaveCount(0);
  await expect(page.locator('.status-errors')).toHaveCount(0);
});
