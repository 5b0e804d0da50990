import { expect, test } from 'vitest';
import { findSyndromes } from './syndromes-in-text.ts';

/** The syndromes of a text as `line:column-endColumn value[@EL]`. */
function found(text: string): string[] {
  return findSyndromes(text).map(
    ({ line, column, endColumn, value, el }) =>
      `${line}:${column}-${endColumn} 0x${value.toString(16)}${el === undefined ? '' : `@${el}`}`,
  );
}

test('a kernel oops', () => {
  const text = `
[   12.418301] Unable to handle kernel paging request at virtual address ffff800012345678
[   12.418332] Mem abort info:
[   12.418335]   ESR = 0x0000000096000047
[   12.418338]   EC = 0x25: DABT (current EL), IL = 32 bits
[   12.418340]   SET = 0, FnV = 0
[   12.418342]   FSC = 0x07: level 3 translation fault
[   12.418343] Data abort info:
[   12.418344]   ISV = 0, ISS = 0x00000047, ISS2 = 0x00000000
[   12.418350] [ffff800012345678] pgd=1000000d3ffff003, p4d=1000000d3ffff003, pte=0000000000000000
[   12.418352] Internal error: Oops: 0000000096000047 [#1] PREEMPT SMP
[   12.418360] pstate: 60400005 (nZCv daif +PAN -UAO -TCO -DIT -SSBS BTYPE=--)
[   12.418361] pc : sensor_probe+0x40/0x118
[   12.418362] x29: ffff80001234b9c0 x28: 0000000000000000 x27: ffff000812345678
[   12.418363] Code: 52800021 f9400013 d5033bbf b9400260 (b9000261)`;
  expect(found(text)).toEqual(['4:24-42 0x96000047@1', '11:38-54 0x96000047@1']);
});

test.each<[string, string[]]>([
  // Linux, different years.
  ['[  3.2]   ESR = 0x96000006', ['1:17-27 0x96000006']],
  [
    'app[811]: unhandled level 2 translation fault (11) at 0x00000010, esr 0x92000006, in app[400000+1000]',
    ['1:71-81 0x92000006@1'],
  ],
  [
    'app[811]: unhandled exception: DABT (lower EL), ESR 0x0000000092000047, level 3 translation fault in libc.so',
    ['1:53-71 0x92000047@1'],
  ],
  ['Unhandled 64-bit el1h sync exception on CPU0, ESR 0x0000000002000000 -- Unknown/Uncategorized', ['1:51-69 0x2000000@1']],
  ['SError Interrupt on CPU2, code 0x00000000be000011 -- SError', ['1:32-50 0xbe000011@1']],
  ['Bad mode in Error handler detected on CPU0, code 0xbf000002 -- SError', ['1:50-60 0xbf000002@1']],
  ['Unhandled fault: synchronous external abort (0x96000210) at 0xffff000009c40000', ['1:46-56 0x96000210@1']],
  ['Internal error: Oops - Undefined instruction: 0000000002000000 [#1] PREEMPT SMP', ['1:47-63 0x2000000@1']],
  ['Internal error: Oops: 96000004 [#2] SMP', ['1:23-31 0x96000004@1']],
  // KVM: tracepoints, and a panic of its own code.
  [
    'qemu-811 [001] 21.3: kvm_guest_fault: ipa 0xb000000, hsr 0x93258005, hxfar 0x0b000003, pc 0x40080c14',
    ['1:58-68 0x93258005@2'],
  ],
  ['qemu-811 [001] 21.3: kvm_mmio_nisv: ipa 0x000000000b000000, esr 0x0000000092000005, pc 0x40080c14', ['1:65-83 0x92000005@2']],
  ['qemu-811 [001] 21.3: kvm_exit: TRAP: HSR_EC: 0x0024 (DABT_LOW), PC: 0x0000000040080c14', []],
  [
    'kvm [1]: nVHE hyp panic at: [<ffff80001>]\nPS:600003c9 PC:0000f7d0 ESR:f2000800\nFAR:0 HPFAR:0 PAR:0',
    ['2:29-37 0xf2000800@2'],
  ],
  // QEMU -d int: the level stands two lines above.
  [
    'Taking exception 4 [Data Abort] on CPU 0\n...from EL1 to EL2\n...with ESR 0x24/0x93258005\n...with FAR 0xb000003\n...with ELR 0x40080c14',
    ['3:18-28 0x93258005@2'],
  ],
  [
    'Taking exception 2 [SVC] on CPU 0\n...from EL0 to EL1\n...with ESR 0x15/0x56000005\nTaking exception 5 [IRQ] on CPU 0\n...with ESR 0x0/0x2000000',
    ['3:18-28 0x56000005@1', '5:17-26 0x2000000'],
  ],
  // Hypervisors, firmware, debuggers, data formats.
  ['[HYP] Unhandled trap from VM 3, ESR_EL2 = 0x62380405, ELR_EL2 = 0xffffa9bd8b497174', ['1:43-53 0x62380405@2']],
  ['(XEN) traps.c:1987:d0v0 HSR=0x93820046 pc=0xffff800008', ['1:29-39 0x93820046@2']],
  ['"Synchronous Abort" handler, esr 0x96000010, far 0x0', ['1:34-44 0x96000010']],
  ['esr_el3            = 0x0000000096000021', ['1:22-40 0x96000021@3']],
  ['ESR_EL12: 0x56000000', ['1:11-21 0x56000000@1']],
  ['ESR_ELx is 0x0000_0005_93c8_9847', ['1:12-33 0x593c89847']],
  ['ESR_EL1        0x96000047          2516582471', ['1:16-26 0x96000047@1']],
  ['{"event":"exit","esr":"0x93258005","far":"0xb000003"}', ['1:24-34 0x93258005']],
  ['esr: 96000044\nesr=2516582471', ['1:6-14 0x96000044', '2:5-15 0x96000047']],
  ['trap: esr=0x90000045 then ESR_EL1=0x56000000', ['1:11-21 0x90000045', '1:35-45 0x56000000@1']],
  ['exception syndrome register 0x96000047', ['1:29-39 0x96000047']],
  // Values alone on their line.
  [
    '0x96000047\n  0x93258005  \r\n0x5a000000, 0x62303c85',
    ['1:1-11 0x96000047', '2:3-13 0x93258005', '3:1-11 0x5a000000', '3:13-23 0x62303c85'],
  ],
  ['96000047\n0000000093258005\nffff800012345678\ncafe\n12345678', ['1:1-9 0x96000047', '2:1-17 0x93258005', '5:1-9 0x12345678']],
  // What only looks like one.
  ['VSESR_EL2=0x1000000 DFSR=0x805 esr_iss: 0x1f0045 IFSR_EL1=0x1 ESRX=0x1 esr', []],
  ['x0: 0x96000047 x1: 0x93258005', []],
  ['Internal error: Oops: 80000007 [#1] SMP ARM', []],
  ['esr=0x123456789abcdef01 esr=0x esr=0xzz esr 0x96000047g esr=', []],
  ['esr96000047', []],
  ['', []],
])('%j', (text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  ['names without values', 'esr '.repeat(500_000)],
  ['one long run of separators', `esr ${' = '.repeat(600_000)}`],
  ['separators after every name', 'esr::::::::::::::::::::::::'.repeat(70_000)],
  ['hex without end', `esr=0x${'0'.repeat(2_000_000)}`],
  ['hex digits on every line', '0123456789abcdef0\n'.repeat(100_000)],
  ['brackets', `Internal error:${': '.repeat(900_000)} [#1]`],
  ['line ends', '\r\n\r'.repeat(600_000)],
  ['words of prose', `esr ${'is was value '.repeat(150_000)}`],
])('hostile text of 2 MB is read within the limit of a test: %s', (_, text) => {
  expect(findSyndromes(text)).toEqual([]);
});

test('many syndromes on one line', () => {
  expect(findSyndromes('esr=0x92000005 '.repeat(130_000))).toHaveLength(130_000);
});
