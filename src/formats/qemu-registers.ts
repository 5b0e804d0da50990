// Reads and writes the AArch64 register dump that QEMU prints for `info registers`, `-d cpu` and a KVM_RUN that failed ("error: kvm run failed …"). Owns
// QEMU's format (target/arm/cpu.c, aarch64_cpu_dump_state); knows nothing of what is done with the values. Linear in the text.

import { hexDigits } from '#base';

export type QemuRegisterDump = {
  /** The first line of the dump (that of PC) and its last, counted from 1. */
  readonly line: number;
  readonly endLine: number;
  /** What KVM_RUN failed with, in the words of the C library: `Function not implemented` is ENOSYS. */
  readonly error?: string;
  /** `pc`, `x0` to `x30`, `sp`, `pstate`, `fpcr`, `fpsr`, `v0` to `v31` (128 bits), those that the dump holds. `sp` is the one PSTATE selects. */
  readonly registers: Readonly<Record<string, bigint>>;
};

/** What a dump is written of. */
export interface QemuRegisterState {
  readonly pc: bigint;
  /** x0 to x30, then the stack pointer that PSTATE selects. */
  readonly x: readonly bigint[];
  readonly pstate: bigint;
  /** Whether the CPU has FEAT_BTI: then BTYPE is among what is shown. */
  readonly bti: boolean;
}

/** The words of the C library for what KVM_RUN fails with. */
const STRERROR: Readonly<Record<string, string>> = {
  EINTR: 'Interrupted system call',
  ENOEXEC: 'Exec format error',
  ENOMEM: 'Cannot allocate memory',
  EFAULT: 'Bad address',
  EINVAL: 'Invalid argument',
  EPERM: 'Operation not permitted',
  ENOSYS: 'Function not implemented',
  EHWPOISON: 'Memory page has hardware error',
};

/** What QEMU prints when KVM_RUN fails: the error, then the registers. Lines end with a newline. */
export function printKvmRunFailed(errno: string, state: QemuRegisterState): string {
  return `error: kvm run failed ${STRERROR[errno] ?? errno}\n${printQemuRegisters(state)}`;
}

/** The registers as QEMU prints them without those of SIMD and floating point. */
export function printQemuRegisters({ pc, x, pstate, bti }: QemuRegisterState): string {
  let text = ` PC=${hexDigits(pc, 16)} `;
  x.slice(0, 31).forEach((value, i) => {
    text += `X${i.toString().padStart(2, '0')}=${hexDigits(value, 16)}${(i + 2) % 3 === 0 ? '\n' : ' '}`;
  });
  const flag = (bit: bigint, letter: string) => (pstate & (1n << bit) ? letter : '-');
  const flags = flag(31n, 'N') + flag(30n, 'Z') + flag(29n, 'C') + flag(28n, 'V');
  const level = `EL${(pstate >> 2n) & 3n}${pstate & 1n ? 'h' : 't'}`;
  return `${text} SP=${hexDigits(x[31] ?? 0n, 16)}\nPSTATE=${hexDigits(pstate, 8)} ${flags} ${level}${bti ? `  BTYPE=${(pstate >> 10n) & 3n}` : ''}\n`;
}

/** Every register dump in `text`, in its order. A dump starts at `PC=` beside `X00=` and goes on while lines name registers. */
export function parseQemuRegisterDumps(text: string): QemuRegisterDump[] {
  const dumps: QemuRegisterDump[] = [];
  let open: { line: number; endLine: number; error?: string; registers: Record<string, bigint> } | undefined;
  let error: string | undefined;
  text.split(/\r\n|\n|\r/).forEach((content, index) => {
    const failure = /\bkvm run failed (.{1,100})/.exec(content)?.[1]?.trim();
    if (failure !== undefined) error = failure;
    const found = registersIn(content);
    const isFirst = found.pc !== undefined && found.x0 !== undefined;
    if (isFirst) {
      open = { line: index + 1, endLine: index + 1, ...(error === undefined ? {} : { error }), registers: {} };
      dumps.push(open);
      error = undefined;
    }
    if (open !== undefined && Object.keys(found).length > 0) {
      Object.assign(open.registers, found);
      open.endLine = index + 1;
    } else open = undefined;
  });
  return dumps;
}

const PAIR = /(?<!\w)(?:(PC|SP|X\d\d|PSTATE|FPCR|FPSR)=([0-9a-f]{8,16})|[QZ](\d\d)=([0-9a-f:]{33,}))(?!\w)/g;

function registersIn(line: string): Record<string, bigint> {
  const found: Record<string, bigint> = {};
  for (const [, name, digits, vector, parts] of line.matchAll(PAIR)) {
    if (name !== undefined) {
      const key = name.startsWith('X') ? `x${Number(name.slice(1))}` : name.toLowerCase();
      if (key !== 'x31') found[key] = BigInt(`0x${digits}`);
    } else if (Number(vector) < 32) {
      // High half first; of a longer SVE register the last two parts are the low 128 bits.
      const [high, low] = (parts as string).split(':').slice(-2);
      if (high && low) found[`v${Number(vector)}`] = (BigInt(`0x${high}`) << 64n) | BigInt(`0x${low}`);
    }
  }
  return found;
}
