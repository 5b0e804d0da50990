import { expect, test } from 'vitest';
import { parseQemuRegisterDumps, printKvmRunFailed } from './qemu-registers.ts';

const GENERAL = `X02=0000000000000002 X03=0000000000000003 X04=0000000000000004
X05=0000000000000005 X06=0000000000000006 X07=0000000000000007
X08=0000000000000008 X09=0000000000000009 X10=000000000000000a
X11=000000000000000b X12=000000000000000c X13=000000000000000d
X14=000000000000000e X15=000000000000000f X16=0000000000000010
X17=0000000000000011 X18=0000000000000012 X19=0000000000000013
X20=0000000000000014 X21=0000000000000015 X22=0000000000000016
X23=0000000000000017 X24=0000000000000018 X25=0000000000000019
X26=000000000000001a X27=000000000000001b X28=000000000000001c
X29=000000000000001d X30=000000000000001e  SP=00000000400ff000`;

test('the dump of a KVM_RUN that failed', () => {
  const text = `booting\nerror: kvm run failed Function not implemented\n PC=0000000040080c1c X00=000000004008001c X01=0000000040080c48
${GENERAL}
PSTATE=a00003c5 N-C- EL1h    FPU disabled
qemu: terminating`;
  const [dump, ...others] = parseQemuRegisterDumps(text);
  expect(others).toEqual([]);
  expect(dump).toMatchObject({ line: 3, endLine: 14, error: 'Function not implemented' });
  expect(dump?.registers).toMatchObject({
    pc: 0x40080c1cn,
    x0: 0x4008001cn,
    x1: 0x40080c48n,
    x30: 30n,
    sp: 0x400ff000n,
    pstate: 0xa00003c5n,
  });
  expect(Object.keys(dump?.registers ?? {})).toHaveLength(34);
});

test('what is written is read back, in QEMU’s columns', () => {
  const x = Array.from({ length: 32 }, (_, n) => BigInt(n));
  const text = printKvmRunFailed('ENOSYS', {
    pc: 0x4008_0c1cn,
    x: [0x4008_001cn, 0x4008_0c48n, ...x.slice(2, 31), 0x400f_f000n],
    pstate: 0xa000_03c5n,
    bti: true,
  });
  expect(text).toBe(`error: kvm run failed Function not implemented
 PC=0000000040080c1c X00=000000004008001c X01=0000000040080c48
${GENERAL}
PSTATE=a00003c5 N-C- EL1h  BTYPE=0
`);
  expect(parseQemuRegisterDumps(text)[0]?.registers).toMatchObject({
    pc: 0x4008_0c1cn,
    x30: 30n,
    sp: 0x400f_f000n,
    pstate: 0xa000_03c5n,
  });
});

test('floating point and vector registers, high half first', () => {
  const text = ` PC=0000000040080a00 X00=00000000000033ff X01=0000000000300000
${GENERAL}
PSTATE=000003c9 ---- EL2h  SVCR=00000000 --  BTYPE=0     FPCR=01000000 FPSR=00000010
Q00=0000000000000001:3ff0000000000000 Q01=0000000000000000:0000000000000000
Z31=0000000000000009:0000000000000008:0000000000000002:0000000000000001`;
  const [dump] = parseQemuRegisterDumps(text);
  expect(dump?.error).toBeUndefined();
  expect(dump?.registers).toMatchObject({
    fpcr: 0x1000000n,
    fpsr: 0x10n,
    v0: (1n << 64n) | 0x3ff0000000000000n,
    v1: 0n,
    v31: (2n << 64n) | 1n,
  });
});

test('several dumps, and one that is cut off', () => {
  const head = ' PC=0000000040080000 X00=0000000000000001 X01=0000000000000002';
  const dumps = parseQemuRegisterDumps(
    `CPU#0\n${head}\n${GENERAL}\n\nCPU#1\r\n${head}\r\nX02=0000000000000003\r\n\nX03=0000000000000004`,
  );
  expect(dumps.map(({ line, endLine }) => [line, endLine])).toEqual([
    [2, 12],
    [15, 16],
  ]);
  expect(dumps[1]?.registers).toEqual({ pc: 0x40080000n, x0: 1n, x1: 2n, x2: 3n });
});

test.each([
  '',
  'PC=40080000',
  'X00=0000000000000001 X01=0000000000000002',
  'R00=00000000 R01=00000000 R02=00000000 R03=00000000\nPSR=400001d3 -Z-- A S svc32',
  'EIP=c00083c6 EFL=00000082 PC=zz X00=',
])('no dump in %j', (text) => {
  expect(parseQemuRegisterDumps(text)).toEqual([]);
});

test('hostile text of 2 MB is read within the limit of a test', () => {
  for (const text of [
    'X00=0000'.repeat(250_000),
    `Q00=${'0:'.repeat(1_000_000)}g`,
    'kvm run failed '.repeat(130_000),
    'Q00=0:'.repeat(300_000),
  ]) {
    expect(parseQemuRegisterDumps(text)).toEqual([]);
  }
});
