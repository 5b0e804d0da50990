// The CONSTRAINED UNPREDICTABLE choices of this machine, each once: when it applies, what the manual permits, what we do. Rows name the
// ones that can happen to them; the assembler warns with `doc`.

export interface ConstrainedUnpredictable {
  readonly id: string;
  /** True for the field values that are CONSTRAINED UNPREDICTABLE. */
  readonly when: (f: Readonly<Record<string, number>>) => boolean;
  /** For people: what the manual says of it. */
  readonly doc: string;
  /** What this machine does. */
  readonly choice: string;
  /** Arm ARM section. */
  readonly source: string;
}
