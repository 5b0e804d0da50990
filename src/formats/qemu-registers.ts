// Reads the AArch64 register dump that QEMU prints for `info registers`, `-d cpu` and a KVM_RUN that failed ("error: kvm run failed …"). Owns
// QEMU's format (target/arm/cpu.c, aarch64_cpu_dump_state); knows nothing of what is done with the values. Linear in the text.

export type QemuRegisterDump = {
  /** The first line of the dump (that of PC) and its last, counted from 1. */
  readonly line: number;
  readonly endLine: number;
  /** What KVM_RUN failed with, in the words of the C library: `Function not implemented` is ENOSYS. */
  readonly error?: string;
  /** `pc`, `x0` to `x30`, `sp`, `pstate`, `fpcr`, `fpsr`, `v0` to `v31` (128 bits), those that the dump holds. `sp` is the one PSTATE selects. */
  readonly registers: Readonly<Record<string, bigint>>;
};

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
