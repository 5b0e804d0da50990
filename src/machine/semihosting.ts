// Arm semihosting for bare metal, as QEMU offers it: HLT #0xF000 with the operation in W0 and its argument block at X1; the result goes to X0
// (Semihosting for AArch32 and AArch64, Arm 100863). Files are the host's; console operations go to the machine's console.
import type { Processor } from '#cpu';
import type { SemihostingFiles } from './types.ts';

/** What a call came to: go on behind the instruction, or end the run. */
export type SemihostingOutcome = { readonly kind: 'continue' } | { readonly kind: 'exit'; readonly status: number };

/** What a call may reach. */
export interface SemihostingHost {
  readonly files: SemihostingFiles;
  console(byte: number): void;
  /** Virtual time in nanoseconds. */
  now(): bigint;
  read(address: bigint, length: number): Uint8Array | undefined;
  write(address: bigint, bytes: Uint8Array): boolean;
}

const MINUS_ONE = 0xffff_ffff_ffff_ffffn;
/** ADP_Stopped_ApplicationExit: the only exit reason that carries a status. */
const APPLICATION_EXIT = 0x20026n;
/** More than any call may move at once. */
const MOST_BYTES = 1 << 28;
/** Handle of `:tt`, the console. */
const CONSOLE = 1;
/** Handles of files start behind those. */
const FIRST_FILE = 2;

const OP = {
  open: 0x01,
  close: 0x02,
  writec: 0x03,
  write0: 0x04,
  write: 0x05,
  read: 0x06,
  isError: 0x08,
  isTty: 0x09,
  seek: 0x0a,
  flen: 0x0c,
  clock: 0x10,
  time: 0x11,
  errno: 0x13,
  exit: 0x18,
  exitExtended: 0x20,
  elapsed: 0x30,
  tickFrequency: 0x31,
} as const;

/** Carries out the call at PC and steps past it. */
export function semihosting(cpu: Processor, host: SemihostingHost): SemihostingOutcome {
  const operation = Number(cpu.x(0) & 0xffff_ffffn);
  const block = cpu.x(1);
  const argument = (index: number): bigint => {
    const bytes = host.read(block + BigInt(8 * index), 8);
    return bytes ? new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true) : 0n;
  };
  if (operation === OP.exit || operation === OP.exitExtended) {
    return { kind: 'exit', status: argument(0) === APPLICATION_EXIT ? Number(BigInt.asIntN(32, argument(1))) : 1 };
  }
  cpu.setX(0, BigInt.asUintN(64, call(operation, argument, block, host)));
  cpu.pc = BigInt.asUintN(64, cpu.pc + 4n);
  return { kind: 'continue' };
}

function call(operation: number, argument: (index: number) => bigint, block: bigint, host: SemihostingHost): bigint {
  const length = (value: bigint): number => (value > BigInt(MOST_BYTES) ? MOST_BYTES : Number(value));
  switch (operation) {
    case OP.open: {
      const name = host.read(argument(0), length(argument(2)));
      if (!name) return MINUS_ONE;
      const text = new TextDecoder().decode(name);
      if (text === ':tt') return BigInt(CONSOLE);
      const handle = host.files.open(text, Number(argument(1)));
      return handle === undefined ? MINUS_ONE : BigInt(handle + FIRST_FILE);
    }
    case OP.close:
      return argument(0) === BigInt(CONSOLE) || host.files.close(Number(argument(0)) - FIRST_FILE) ? 0n : MINUS_ONE;
    case OP.writec: {
      const byte = host.read(block, 1);
      if (byte) host.console(byte[0] as number);
      return 0n;
    }
    case OP.write0:
      for (let at = block; ; at += 1n) {
        const byte = host.read(at, 1)?.[0];
        if (byte === undefined || byte === 0) return 0n;
        host.console(byte);
      }
    case OP.write: {
      const wanted = length(argument(2));
      const bytes = host.read(argument(1), wanted);
      if (!bytes) return BigInt(wanted);
      if (argument(0) === BigInt(CONSOLE)) {
        for (const byte of bytes) host.console(byte);
        return 0n;
      }
      // The result is the number of bytes that were not written.
      return host.files.write(Number(argument(0)) - FIRST_FILE, bytes) ? 0n : BigInt(wanted);
    }
    case OP.read: {
      const wanted = length(argument(2));
      const bytes =
        argument(0) === BigInt(CONSOLE) ? new Uint8Array(0) : host.files.read(Number(argument(0)) - FIRST_FILE, wanted);
      if (!bytes || !host.write(argument(1), bytes)) return BigInt(wanted);
      return BigInt(wanted - bytes.length);
    }
    case OP.isError:
      return BigInt.asIntN(64, argument(0)) < 0n ? 1n : 0n;
    case OP.isTty:
      return argument(0) === BigInt(CONSOLE) ? 1n : 0n;
    case OP.seek:
      return host.files.seek(Number(argument(0)) - FIRST_FILE, Number(argument(1))) ? 0n : MINUS_ONE;
    case OP.flen: {
      const bytes = host.files.length(Number(argument(0)) - FIRST_FILE);
      return bytes === undefined ? MINUS_ONE : BigInt(bytes);
    }
    case OP.clock:
      // Centiseconds of virtual time.
      return host.now() / 10_000_000n;
    case OP.time:
      // Seconds of virtual time: a run must not depend on the day it is made.
      return host.now() / 1_000_000_000n;
    case OP.errno:
      return 0n;
    case OP.elapsed: {
      const ticks = new Uint8Array(8);
      new DataView(ticks.buffer).setBigUint64(0, host.now(), true);
      return host.write(block, ticks) ? 0n : MINUS_ONE;
    }
    case OP.tickFrequency:
      return 1_000_000_000n;
    default:
      return MINUS_ONE;
  }
}
