// What the translation view works out of what it is told: the places to pick an address from, and the texts of a walk.
import { hex } from '#base';
import type { TranslationView, WalkStageView, WalkStepView } from '#client';
import { groupHex } from '#ui';

/** An address to pick: what is typed for it, and the address that it stands for now. */
export interface AddressPick {
  readonly text: string;
  readonly address: bigint;
}

const PC = 34;
const PSTATE = 35;
const SP = [31, 32, 33] as const;

/** The registers of RegisterFile as addresses, what points into the program first. */
export function registerPicks(registers: BigUint64Array): {
  readonly places: readonly AddressPick[];
  readonly general: readonly AddressPick[];
} {
  const pstate = registers[PSTATE] ?? 0n;
  const level = pstate & 1n ? Number((pstate >> 2n) & 3n) : 0;
  return {
    places: [
      { text: 'pc', address: registers[PC] ?? 0n },
      { text: 'sp', address: registers[SP[level] ?? SP[0]] ?? 0n },
    ],
    general: Array.from({ length: 31 }, (_, n) => ({ text: `x${n}`, address: registers[n] ?? 0n })),
  };
}

/** `L1[3]`. */
export function stepName({ level, index }: { readonly level: number; readonly index: number }): string {
  return `L${level}[${index}]`;
}

/** Where a step leads, in words: `next table at 0x…`, `2 MiB block at 0x…`, `invalid`. */
export function stepLeads({ what, output }: WalkStepView): string {
  return output === undefined ? what : `${what} at ${groupHex(output)}`;
}

/** One sentence for who hears the outcome instead of seeing it. */
export function outcomeSentence({ address, outcome, access, level }: TranslationView): string {
  const asked = `${access} of ${hex(address)} at ${level}`;
  if (outcome.kind === 'translation') return `${asked}: physical address ${hex(outcome.address)}`;
  return `${asked}: ${outcome.name}, stage ${outcome.stage}${outcome.onWalk ? ', on the walk of stage 1' : ''}`;
}

/** Whether a step stands open unasked: the last one of its stage says why it ended. */
export function opensUnasked(stage: WalkStageView, step: WalkStepView): boolean {
  return stage.steps.at(-1) === step;
}
