// The result of one program as its record and data say. Knows nothing of what counts in it.
import { DATA_SIZE, LOG_ENTRIES, MAGIC, RECORD, RESULT_SIZE, SYSREGS } from './layout.ts';

/** One exception. `vector` is 8 to 15 at EL2 (offset / 0x80), 16 more where EL1 took it. */
export type Taken = {
  readonly vector: number;
  readonly esr: bigint;
  readonly far: bigint;
  readonly hpfar: bigint;
  readonly elr: bigint;
  readonly spsr: bigint;
  /** PSTATE in EL1's vector, where EL1 took it. */
  readonly pstate: bigint;
  /** Of X0 to X30. */
  readonly digest: bigint;
};

export type Result = {
  /** False: the program did not get to its end. */
  readonly done: boolean;
  readonly reason: number;
  /** The last instruction of the set-up code that was UNDEFINED; 0: none. */
  readonly refused: number;
  readonly pc: bigint;
  readonly spsr: bigint;
  readonly x: readonly bigint[];
  readonly sp: readonly [bigint, bigint];
  readonly sysregs: readonly bigint[];
  readonly log: readonly Taken[];
  readonly data: Uint8Array;
};

/** With `least` at least so many entries of the log are read. */
export function resultOf(bytes: Uint8Array, slot: number, least = 0): Result {
  const start = slot * RESULT_SIZE;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start + DATA_SIZE, RESULT_SIZE - DATA_SIZE);
  const word = (at: number) => view.getBigUint64(at * 8, true);
  const count = Math.min(Math.max(Number(word(RECORD.count)), least), LOG_ENTRIES);
  return {
    done: word(RECORD.magic) === MAGIC,
    reason: Number(word(RECORD.reason)),
    refused: Number(word(RECORD.refused)),
    pc: word(RECORD.pc),
    spsr: word(RECORD.spsr),
    x: Array.from({ length: 31 }, (_, at) => word(RECORD.x + at)),
    sp: [word(RECORD.sp_el0), word(RECORD.sp_el1)],
    sysregs: SYSREGS.map((_, at) => word(RECORD.sysregs + at)),
    log: Array.from({ length: count }, (_, at): Taken => {
      const [vector = 0n, esr = 0n, far = 0n, hpfar = 0n, elr = 0n, spsr = 0n, pstate = 0n, digest = 0n] = Array.from(
        { length: 8 },
        (_, part) => word(RECORD.log + at * 8 + part),
      );
      return { vector: Number(vector), esr, far, hpfar, elr, spsr, pstate, digest };
    }),
    data: bytes.subarray(start, start + DATA_SIZE),
  };
}

/** What the harness says of an exception at its own level, EL2: nothing in it should cause one. */
export function harnessTrouble(bytes: Uint8Array): string | undefined {
  for (let slot = 0; slot < bytes.length / RESULT_SIZE; slot++) {
    const { reason, log } = resultOf(bytes, slot, 1);
    const [taken] = log;
    if (reason === 2 && taken !== undefined)
      return `exception in the harness, for program ${slot} of the batch: ${sayTaken(taken)}`;
  }
  return undefined;
}

/** An exception in words. */
export function sayTaken({ vector, esr, far, hpfar, elr, spsr, pstate }: Taken): string {
  const hex = (value: bigint) => `0x${value.toString(16)}`;
  const kind = ['synchronous', 'IRQ', 'FIQ', 'SError'][vector & 3];
  const target = vector >= 16 ? `EL1 (PSTATE ${hex(pstate)})` : 'EL2';
  return `{${kind} to ${target}, vector ${vector & 15}, ESR ${hex(esr)}, FAR ${hex(far)}, HPFAR ${hex(hpfar)}, ELR ${hex(elr)}, SPSR ${hex(spsr)}}`;
}
