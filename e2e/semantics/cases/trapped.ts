// What EC 0x18 reports, put together from an encoding as the manual writes it: op0 op1 CRn CRm op2 (Arm ARM DDI 0487, D24.2.40, ISS encoding for
// an exception from MSR, MRS or System instruction execution). Knows no register by name.

function iss(encoding: string, rt: number, read: 0 | 1): string {
  const [op0, op1, crn, crm, op2] = encoding.split(' ').map(Number) as [number, number, number, number, number];
  return `0x${((op0 << 20) | (op2 << 17) | (op1 << 14) | (crn << 10) | (rt << 5) | (crm << 1) | read).toString(16)}`;
}

/** MRS to X5, taken to EL2 (or `to`). */
export const read = (encoding: string, to = 2): string => `to=${to} ec=0x18 iss=${iss(encoding, 5, 1)} at=0`;

/** MSR from X5, or a system instruction with X5 as its operand. */
export const written = (encoding: string, to = 2): string => `to=${to} ec=0x18 iss=${iss(encoding, 5, 0)} at=0`;

/** A system instruction without an operand. */
export const executed = (encoding: string, to = 2): string => `to=${to} ec=0x18 iss=${iss(encoding, 31, 0)} at=0`;
