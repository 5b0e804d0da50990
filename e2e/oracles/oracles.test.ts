// The oracles answer what is known of them, and QEMU's own run of the EL2 set is judged as the set says: so both oracles and judge can be trusted.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Area, inFolder, judgeArea, manifest } from '../conformance/el2/judge.ts';
import { path } from '../conformance/outcome.ts';
import { program } from '../setup/programs.ts';
import { assemble, disassemble } from './binutils.ts';
import { runFlat } from './qemu.ts';

test('GNU as', () => {
  const text = '_start: ldr x0, =0x123456789\n b _start\n .data\n .byte 1';
  expect(assemble(text)).toEqual({
    ok: true,
    start: 0x4008_0000,
    bytes: Buffer.from('40000058ffffff17896745230100000001', 'hex'),
    symbols: new Map([['_start', 0x4008_0000n]]),
  });
  expect(assemble('nop\n add x0, x1\n frob')).toMatchObject({ ok: false, errors: [{ line: 2 }, { line: 3 }] });
});

test('objdump', () => {
  expect(disassemble([0x91000420, 0x14000000, 0x17ffffff, 0xaa1f03e0, 0x00000000, 0xffffffff])).toEqual([
    'add x0, x1, #0x1',
    'b 0x0',
    'b 0xfffffffffffffffc',
    'mov x0, xzr',
    'udf #0',
    undefined,
  ]);
});

test('QEMU: serial port, semihosting exit, power off, endless loop', () => {
  const guest = (end: string) => {
    const assembled = assemble(
      `mov x1, #0x09000000\n mov w0, #'h'\n str w0, [x1]\n ldr w0, [x1, #0x18]\n mov w0, #'i'\n str w0, [x1]\n${end}`,
    );
    if (!assembled.ok) throw new Error(assembled.errors[0]?.message);
    return assembled.bytes;
  };
  const exit = 'adr x1, block\n mov w0, #0x18\n hlt #0xf000\n .align 3\nblock: .quad 0x20026, 7';
  expect(runFlat(guest(exit))).toEqual({ serial: 'hi', status: 7 });
  expect(runFlat(guest('ldr w0, =0x84000008\n hvc #0'))).toEqual({ serial: 'hi', status: 0 });
  expect(runFlat(guest('b .'), { timeout: 1500 })).toEqual({ serial: 'hi', status: null });
  expect(runFlat(guest(`mrs x5, currentel\n lsr x5, x5, #2\n add w5, w5, #'0'\n str w5, [x1]\n ${exit}`), { el: 2 })).toEqual({
    serial: 'hi2',
    status: 7,
  });
});

test('the EL2 set on QEMU: 472 cases as QEMU does them, 32 of them not as the architecture says', () => {
  const { areas } = manifest();
  const count = (asQemu: boolean) => {
    const outcomes = areas.flatMap((area) => inFolder((cwd) => judgeArea(area, join(cwd, area.log), stub(area, cwd), asQemu)));
    return {
      cases: outcomes.length,
      failed: outcomes.filter(({ failure }) => failure !== undefined).length,
      skipped: outcomes.filter(({ skipped }) => skipped !== undefined).length,
    };
  };
  expect(count(true)).toEqual({ cases: 472, failed: 0, skipped: 0 });
  expect(count(false)).toEqual({ cases: 472, failed: 32, skipped: 2 });
});

/** Runs an area of the EL2 set on QEMU in `cwd`; why it failed, if it did. */
function stub({ blobs, log }: Area, cwd: string): string | undefined {
  const { machine, cpu } = manifest();
  rmSync(join(cwd, log), { force: true });
  // A comma separates QEMU's options; doubled it stands for itself.
  const load = (file: string, rest: string) => ['-device', `loader,file=${path(`el2/${file}`).replaceAll(',', ',,')},${rest}`];
  const { status, stderr } = spawnSync(
    program('qemu-system-aarch64'),
    [
      ...['-M', machine, '-cpu', cpu, '-m', '512M', '-accel', 'tcg', '-icount', 'shift=0,sleep=off', '-net', 'none'],
      ...['-display', 'none', '-serial', 'none', '-monitor', 'none', '-semihosting-config', 'enable=on,target=native'],
      ...load('stub.elf', 'cpu-num=0'),
      ...blobs.flatMap(({ file, address }) => load(file, `addr=${address},force-raw=on`)),
    ],
    { cwd, encoding: 'utf8', timeout: 60_000 },
  );
  return status === 0 ? undefined : `QEMU: ${stderr}`;
}
