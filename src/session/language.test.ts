// The language service behind the protocol: versions and turns, and what the page gets to see. The answers themselves are #language's.
import { expect, test } from 'vitest';
import type { Asked, HoverView, TextPosition } from '#protocol';
import { createLanguage } from './index.ts';

/** A service whose turns come when the test says so. */
function service() {
  const waiting: (() => void)[] = [];
  const language = createLanguage({ defer: (callback) => waiting.push(callback) });
  const turns = () => {
    while (waiting.length > 0) waiting.shift()?.();
  };
  return { language, turns };
}

/** What a service says about one text. */
async function about<T>(
  source: string,
  question: (language: ReturnType<typeof createLanguage>, version: number) => Promise<Asked<T>>,
): Promise<T> {
  const { language, turns } = service();
  language.open(1, source);
  const asked = question(language, 1);
  turns();
  const reply = await asked;
  if (reply.kind === 'stale') throw new Error('stale');
  return reply.value;
}

/** A source without the mark `|`, and where that stood. */
function marked(text: string): { source: string; at: TextPosition } {
  const before = text.slice(0, text.indexOf('|')).split('\n');
  return { source: text.replace('|', ''), at: { line: before.length, column: (before.at(-1) as string).length + 1 } };
}

async function hoverAt(text: string): Promise<HoverView | undefined> {
  const { source, at } = marked(text);
  return (await about(source, (language, v) => language.hover(v, at)))?.view;
}

test('a question that newer text has overtaken is not answered', async () => {
  const { language, turns } = service();
  language.open(1, ' frobnicate\n');
  const early = language.program(1);
  language.open(2, ' nop\n');
  const late = language.program(2);
  const older = language.foldings(1);
  turns();
  expect(await early).toEqual({ kind: 'stale' });
  expect(await older).toEqual({ kind: 'stale' });
  expect(await late).toMatchObject({ kind: 'answer', value: { ok: true, diagnostics: [] } });
});

test('text that comes out of order does not replace newer text', async () => {
  const { language, turns } = service();
  language.open(2, ' nop\n');
  language.open(1, ' frobnicate\n');
  const asked = language.program(2);
  turns();
  expect(await asked).toMatchObject({ kind: 'answer', value: { ok: true } });
});

test('a failed assembly still says where lines stand, and what those without a mistake became', async () => {
  const program = await about(' nop\n mov x0, x99\n .word 1\n frob\n.word later\n .byte 1, 2, 3, 4, 5\n', (l, v) => l.program(v));
  expect(program.ok).toBe(false);
  expect(program.diagnostics.map((d) => d.line)).toEqual([2, 4, 5]);
  expect(program.lines.map((l) => [l.line, l.address, l.size, l.word?.toString(16)])).toEqual([
    [1, 0x4008_0000n, 4, 'd503201f'],
    [2, 0x4008_0004n, 4, undefined],
    [3, 0x4008_0008n, 4, '1'],
    [4, 0x4008_000cn, 4, undefined],
    [5, 0x4008_0010n, 4, undefined],
    [6, 0x4008_0014n, 5, '4030201'],
  ]);
});

test('padding is not what a line became', async () => {
  const program = await about(' .byte 1\n nop\n', (l, v) => l.program(v));
  expect(program.lines.map((l) => [l.line, l.address, l.word])).toEqual([
    [1, 0x4008_0000n, 1],
    [2, 0x4008_0004n, 0xd503201f],
  ]);
});

test('completion comes in the order to be shown: by rank, registers as they are counted, the rest by name', async () => {
  const labels = async (text: string, typed = '') => {
    const { source, at } = marked(text);
    const view = await about(source, (l, v) => l.completion(v, at, typed));
    return view?.entries.map((e) => e.label) ?? [];
  };
  const operands = await labels(' add x0, |');
  expect(operands.slice(0, 3)).toEqual(['x0', 'x1', 'x2']);
  expect(operands.indexOf('x10')).toBe(10);
  expect(operands.indexOf('sp')).toBeGreaterThan(30);
  const heads = await labels(' |');
  expect(heads.indexOf('add')).toBeLessThan(heads.indexOf('sub'));
  expect(heads.indexOf('add')).toBeLessThan(heads.indexOf('ldadd'));
  expect(await labels(' ret |', ' ')).toEqual([]);
  // Only what the letters before the cursor leave.
  expect(await labels(' adp|')).toContain('adrp');
  expect(await labels(' adp|')).not.toContain('add');
});

test('mistakes that can be mended, on the lines asked for', async () => {
  const found = await about(' addx x0, x1\n nop\n subx x0, x1\n', (l, v) => l.mendable(v, 2, 3));
  expect(found.map((d) => d.line)).toEqual([3]);
  expect(found[0]?.fixes?.[0]).toMatchObject({ line: 3, column: 2, endColumn: 6, text: expect.stringMatching(/^sub/) });
});

test('rename and its refusals', async () => {
  const { source, at } = marked('lo|op: b loop\nend: nop\n');
  expect(await about(source, (l, v) => l.renameable(v, at))).toMatchObject({ ok: true, value: { name: 'loop' } });
  const done = await about(source, (l, v) => l.rename(v, at, 'again'));
  expect(done.ok && done.value.map((e) => [e.range.column, e.text])).toEqual([
    [1, 'again'],
    [9, 'again'],
  ]);
  expect(await about(source, (l, v) => l.rename(v, at, 'end'))).toEqual({
    ok: false,
    error: { message: 'end is a name already.' },
  });
});

test('hover on an instruction: its bits, what it does, what may trap it', async () => {
  const view = await hoverAt(' ms|r sctlr_el1, x3\n');
  if (view?.kind !== 'instruction') throw new Error('no instruction');
  expect(view).toMatchObject({ mnemonic: 'msr', operands: 'sctlr_el1, x3', word: 0xd5181003, address: 0x4008_0000n });
  expect(view.spans.reduce((sum, { msb, lsb }) => sum + msb - lsb + 1, 0)).toBe(32);
  expect(view.traps).toContainEqual({
    from: 'EL1',
    to: 'EL2',
    when: 'HCR_EL2.TVM=1',
    ec: 0x18,
    ecName: expect.stringContaining('MSR'),
  });
});

test('hover: UNDEFINED is no exception class, flags are letters', async () => {
  const call = await hoverAt(' hv|c #0\n');
  expect(call).toMatchObject({ traps: [{ from: 'EL1', to: 'UNDEFINED', when: 'HCR_EL2.HCD=1' }, { from: 'EL2' }] });
  expect(await hoverAt(' ad|cs x0, x1, x2\n')).toMatchObject({ flagsRead: 'C', flagsWritten: 'NZCV' });
});

test('hover on a name says where it is defined', async () => {
  expect(await hoverAt(' nop\nhere: b he|re\n')).toEqual({
    kind: 'symbol',
    name: 'here',
    what: 'label',
    value: 0x4008_0004n,
    section: '.text',
    line: 2,
    uses: 1,
  });
});
