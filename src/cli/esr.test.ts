import { expect, test } from 'vitest';
import { dispatch } from './dispatch.ts';
import { esr } from './esr.ts';
import type { Io } from './io.ts';

type Run = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** `trapscope esr …` with text on standard input. */
async function run(argv: readonly string[], stdin = ''): Promise<Run> {
  const text = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: async (chunk: string | Uint8Array) => {
      text[name] += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
    },
    flush: async () => {},
  });
  const io: Io = {
    stdin: (async function* () {
      yield new TextEncoder().encode(stdin);
    })(),
    stdout: output('stdout'),
    stderr: output('stderr'),
    readFile: () => new Uint8Array(),
    writeFile: () => {},
  };
  const status = await dispatch(['esr', ...argv], io, { esr: async () => esr });
  return { status, ...text };
}

test('JSON has what the contract names, in its form', async () => {
  const { status, stdout, stderr } = await run(['--json', '0x93258005', '0x62303c85']);
  expect([status, stderr]).toEqual([0, '']);
  const [first, second] = JSON.parse(stdout);
  expect(first).toMatchObject({
    value: '0x93258005',
    el: 2,
    ec: { value: 0x24, name: 'Data Abort from a lower EL' },
    il: 1,
    iss: { value: '0x1258005' },
    iss2: { value: '0x0' },
    instruction: 'ldrsb x5, […]',
    warnings: [],
    summary: 'A load of one signed byte into x5 met no stage 2 entry at level 1.',
  });
  expect(first.iss.fields[0]).toEqual({
    name: 'ISV',
    msb: 24,
    lsb: 24,
    value: 1,
    meaning: 'Bits 23:14 describe the instruction',
  });
  expect(first.iss2.fields.at(-1)).toEqual({ name: 'Xs', msb: 4, lsb: 0, value: 0, meaning: 'x0' });
  expect(Object.keys(first)).toEqual(['value', 'el', 'ec', 'il', 'iss', 'iss2', 'instruction', 'warnings', 'summary']);
  expect(second.instruction).toBe('mrs x4, s3_0_c15_c2_0');
});

test('registers and instructions are named by the tables', async () => {
  const { stdout } = await run(['--json', '0x62240025', '0x6212dcb6']);
  expect(JSON.parse(stdout).map((entry: { instruction: string }) => entry.instruction)).toEqual([
    'mrs x1, mdscr_el1',
    'dc cvau, x5',
  ]);
});

test('text from standard input: lines, and the level that the text tells', async () => {
  const text =
    'Mem abort info:\n  ESR = 0x0000000096000047\n\n...from EL1 to EL2\n...with ESR 0x24/0x93258005\nesr_el3=0x7a030028\n0x7a030028\n';
  const lines = async (...options: string[]) =>
    JSON.parse((await run(['-', '--json', ...options], text)).stdout).map(
      (entry: { line: number; el: number; value: string }) => [entry.line, entry.el, entry.value],
    );
  expect(await lines()).toEqual([
    [2, 1, '0x96000047'],
    [5, 2, '0x93258005'],
    [6, 3, '0x7a030028'],
    [7, 3, '0x7a030028'],
  ]);
  expect((await lines('--el', '1')).map(([, el]: number[]) => el)).toEqual([1, 1, 1, 1]);
});

test('text without a syndrome is no mistake', async () => {
  expect(await run(['-', '--json'], 'nothing here\n')).toEqual({ status: 0, stdout: '[]\n', stderr: '' });
  expect(await run(['-'], 'nothing here\n')).toEqual({ status: 0, stdout: '', stderr: 'No syndrome was found in the text.\n' });
});

test('the table for people', async () => {
  const { stdout } = await run(['0x0100000090000045']);
  expect(stdout).toBe(`ESR_EL2 0x100000090000045
A write met no valid table entry at level 1.

  63:56    55:44        43     42  41        40  39          38      37       36:32
  00000001 000000000000 0      0   0         0   0           0       0        00000
  RES0     RES0         HDBSSF TnD TagAccess GCS AssuredOnly Overlay DirtyBit Xs

  31:26  25 24  23:22 21       20:16 15  14   13   12:11 10  9  8  7     6   5:0
  100100 0  0   00    0        00000 0   0    0    00    0   0  0  0     1   000101
  EC     IL ISV RES0  TopLevel RES0  FnP RES0 VNCR LST   FnV EA CM S1PTW WnR DFSC

  HDBSSF       43     0     Not the dirty state tracking structure
  TnD          42     0     Not a tag write to canonically tagged memory
  TagAccess    41     0     Not the NoTagAccess attribute
  GCS          40     0     Not a Guarded Control Stack access
  AssuredOnly  39     0     Not the AssuredOnly attribute
  Overlay      38     0     Not the permission overlay
  DirtyBit     37     0     Not the dirty state
  Xs           36:32  0x00  x0
  EC           31:26  0x24  Data Abort from a lower EL
  IL           25     0     16-bit instruction
  ISV          24     0     Bits 23:14 do not describe the instruction
  TopLevel     21     0     Not the TopLevel check
  FnP          15     0     FAR_EL2 holds the faulting address
  VNCR         13     0     Not a VNCR_EL2 access
  LST          12:11  0x0   Not specified
  FnV          10     0     FAR_EL2 holds the address
  EA           9      0     No external abort class
  CM           8      0     Not cache maintenance
  S1PTW        7      0     The access itself, not a stage 1 walk
  WnR          6      1     A write
  DFSC         5:0    0x05  Translation fault, level 1
warning: Reserved bits 63:56 are set.
warning: IL is 0; with ISV 0 this class always has IL 1.
`);
});

test('encode is the inverse', async () => {
  expect(await run(['--encode', 'EC=0x24,ISV=1,SSE=1,SRT=5,SF=1,DFSC=0x05'])).toEqual({
    status: 0,
    stdout: '0x93258005\n',
    stderr: '',
  });
  expect(await run(['--encode', 'EC=0x24, IL=0'])).toMatchObject({
    status: 0,
    stdout: '0x90000000\n',
    stderr: expect.stringContaining('warning: IL is 0'),
  });
  expect(await run(['--encode', 'EC=0x1e,xFSC=40,GPCSC=12'])).toMatchObject({ status: 0, stdout: '0x7a030028\n' });
  expect(JSON.parse((await run(['--encode', 'EC=0x16,imm16=7', '--json'])).stdout)).toMatchObject([
    { value: '0x5a000007', summary: 'A hypervisor call with immediate 7.' },
  ]);
});

test.each<[string[], number, string]>([
  [['zz'], 1, "argument:1:1: error: 'zz' is not a number\n"],
  [['9300000f'], 1, "argument:1:1: error: '9300000f' is not a number; hex starts with 0x: 0x9300000f\n"],
  [['0x10000000000000000'], 1, 'argument:1:1: error: 0x10000000000000000 does not fit a register of 64 bits\n'],
  [
    ['--encode', 'EC=0x24,SAS=1,WnR=2'],
    1,
    '--encode:1:9: error: SAS is not in this layout: it needs ISV 1.\n--encode:1:15: error: WnR has 1 bit; 2 does not fit.\n',
  ],
  [['--encode', 'WnR=1'], 1, '--encode:1:1: error: EC is missing: the exception class decides which fields there are.\n'],
  [
    ['--encode', 'EC=0,,EC=1,IL'],
    1,
    "--encode:1:6: error: a field is missing: they are written NAME=VALUE,NAME=VALUE\n--encode:1:7: error: EC is given twice\n--encode:1:12: error: 'IL' is not of the form NAME=VALUE\n",
  ],
  [[], 2, "trapscope: esr needs a value, or - to read text from standard input\nTry 'trapscope --help'.\n"],
  [['-', '0'], 2, "trapscope: esr takes values or -, not both\nTry 'trapscope --help'.\n"],
  [
    ['0', '--el', '0'],
    2,
    "trapscope: --el is 1, 2 or 3, the exception level that the syndrome was reported to; 0 is none of them\nTry 'trapscope --help'.\n",
  ],
  [['0', '--encode', 'EC=0'], 2, "trapscope: esr --encode takes no values besides its fields\nTry 'trapscope --help'.\n"],
])('%j ends with status %i', async (argv, status, stderr) => {
  expect(await run(argv)).toEqual({ status, stdout: '', stderr });
});
