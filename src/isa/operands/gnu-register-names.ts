// Names that GNU as and objdump have for encodings which the A-profile architecture does not name: Armv8-R, the trace unit's registers
// that are no system registers any more, T32EE, and a call stack recorder that never was released. Text only: to a machine they are
// unallocated like any other encoding.
import { packEncoding } from '#arch/sysreg';

// One register a line: name op0 op1 CRn CRm op2.
const NAMES = `
csrcr_el1 2 0 8 0 0
csrptr_el1 2 0 8 0 1
csrptridx_el1 2 0 8 0 3
csrcr_el0 2 3 8 0 0
csrptr_el0 2 3 8 0 1
csridr_el0 2 3 8 0 2
csrptridx_el0 2 3 8 0 3
csrcr_el2 2 4 8 0 0
csrptr_el2 2 4 8 0 1
csrptridx_el2 2 4 8 0 3
csrcr_el12 2 5 8 0 0
csrptr_el12 2 5 8 0 1
trcprocselr 2 1 0 2 0
trcvdctlr 2 1 0 8 2
trcvdsacctlr 2 1 0 9 2
trcvdarcctlr 2 1 0 10 2
trcoslar 2 1 1 0 4
trcpdcr 2 1 1 4 4
trcpdsr 2 1 1 5 4
trcdvcvr0 2 1 2 0 4
trcdvcvr4 2 1 2 0 5
trcdvcmr0 2 1 2 0 6
trcdvcmr4 2 1 2 0 7
trcdvcvr1 2 1 2 4 4
trcdvcvr5 2 1 2 4 5
trcdvcmr1 2 1 2 4 6
trcdvcmr5 2 1 2 4 7
trcdvcvr2 2 1 2 8 4
trcdvcvr6 2 1 2 8 5
trcdvcmr2 2 1 2 8 6
trcdvcmr6 2 1 2 8 7
trcdvcvr3 2 1 2 12 4
trcdvcvr7 2 1 2 12 5
trcdvcmr3 2 1 2 12 6
trcdvcmr7 2 1 2 12 7
trcitctrl 2 1 7 0 4
trcdevtype 2 1 7 3 7
trcpidr4 2 1 7 4 7
trcpidr5 2 1 7 5 7
trcpidr6 2 1 7 6 7
trcpidr7 2 1 7 7 7
trcpidr0 2 1 7 8 7
trcpidr1 2 1 7 9 7
trcdevaff0 2 1 7 10 6
trcpidr2 2 1 7 10 7
trcdevaff1 2 1 7 11 6
trcpidr3 2 1 7 11 7
trclar 2 1 7 12 6
trccidr0 2 1 7 12 7
trclsr 2 1 7 13 6
trccidr1 2 1 7 13 7
trccidr2 2 1 7 14 7
trccidr3 2 1 7 15 7
teecr32_el1 2 2 0 0 0
teehbr32_el1 2 2 1 0 0
mpuir_el1 3 0 0 0 4
prenr_el1 3 0 6 1 1
prselr_el1 3 0 6 2 1
mpuir_el2 3 4 0 0 4
prenr_el2 3 4 6 1 1
prselr_el2 3 4 6 2 1
`;

const BY_NAME = new Map<string, number>();
for (const line of NAMES.trim().split('\n')) {
  const [name, ...parts] = line.split(' ');
  BY_NAME.set(name as string, packEncoding(...(parts.map(Number) as [number, number, number, number, number])));
}
// Protection regions of Armv8-R: two to a CRm, the first without a number in its name.
for (const el of [1, 2]) {
  for (let n = 0; n < 16; n += 1) {
    const place = [3, el === 1 ? 0 : 4, 6, 8 + (n >> 1)] as const;
    const number = n === 0 ? '' : String(n);
    BY_NAME.set(`prbar${number}_el${el}`, packEncoding(...place, (n & 1) * 4));
    BY_NAME.set(`prlar${number}_el${el}`, packEncoding(...place, (n & 1) * 4 + 1));
  }
}
const BY_ENCODING = new Map([...BY_NAME].map(([name, encoding]) => [encoding, name]));

// Second names, read but never printed.
BY_NAME.set('trcextinselr', packEncoding(2, 1, 0, 8, 4));
BY_NAME.set('spsr_svc', packEncoding(3, 0, 4, 0, 0));
BY_NAME.set('spsr_hyp', packEncoding(3, 4, 4, 0, 0));
BY_NAME.set('vsctlr_el2', packEncoding(3, 4, 2, 0, 0));

/** The packed encoding of such a name, in any case. */
export function gnuRegisterEncoding(name: string): number | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** Such a name of an encoding, lower case. */
export function gnuRegisterName(encoding: number): string | undefined {
  return BY_ENCODING.get(encoding);
}
