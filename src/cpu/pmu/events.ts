// The PMU's events: those that this machine can count truthfully, and so announces (Arm ARM D13.12). An instruction takes one cycle and nothing
// ever stalls; what would need a pipeline, caches or branch prediction is not counted. Knows nothing of counters.

/** How a counter comes to its count. */
export type Counted =
  /** Each instruction that starts. */
  | 'cycle'
  /** Each instruction but those that end in an abort, a trap or being UNDEFINED. */
  | 'instruction'
  /** Told one by one, by whoever does it. */
  | 'told'
  /** Never happens here. */
  | 'never';

interface EventRow {
  readonly number: number;
  readonly counted: Counted;
}

const ROWS = {
  SW_INCR: { number: 0x00, counted: 'told' },
  INST_RETIRED: { number: 0x08, counted: 'instruction' },
  EXC_TAKEN: { number: 0x09, counted: 'told' },
  EXC_RETURN: { number: 0x0a, counted: 'told' },
  CPU_CYCLES: { number: 0x11, counted: 'cycle' },
  /** An odd counter counts the overflows of the even one below it. */
  CHAIN: { number: 0x1e, counted: 'told' },
  STALL_FRONTEND: { number: 0x23, counted: 'never' },
  STALL_BACKEND: { number: 0x24, counted: 'never' },
  STALL: { number: 0x3c, counted: 'never' },
} as const satisfies Readonly<Record<string, EventRow>>;

export type PmuEvent = keyof typeof ROWS;

/** The events by name: `EVENT.CPU_CYCLES`. */
export const EVENT = Object.fromEntries(Object.entries(ROWS).map(([name, { number }]) => [name, number])) as Readonly<
  Record<PmuEvent, number>
>;

const BY_NUMBER: ReadonlyMap<number, EventRow> = new Map(Object.values(ROWS).map((row) => [row.number, row]));

/** How this event is counted; undefined for one that is not. */
export function howCounted(event: number): Counted | undefined {
  return BY_NUMBER.get(event)?.counted;
}

/** PMCEID0_EL0 and PMCEID1_EL0: events 0x00 to 0x1f and 0x20 to 0x3f. */
export function announcedEvents(register: 0 | 1): bigint {
  return Object.values(ROWS).reduce(
    (mask, { number }) => (number >>> 5 === register ? mask | (1n << BigInt(number & 31)) : mask),
    0n,
  );
}
