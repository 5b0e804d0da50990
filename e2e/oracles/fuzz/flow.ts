// Random control flow that always ends, exceptions, and plain system registers: units around other units. X26 and X27 count loops, X30 is the
// return address; where an instruction abort can happen it holds the way back, which is where the harness returns to.
import { excludes } from './excluded.ts';
import { stage1Page } from './layout.ts';
import { CONDITIONS, registerNumber } from './operands.ts';
import { type Unit, unit } from './program.ts';
import type { Random } from './random.ts';

/** Makes the units of a body, for a nesting one deeper. */
export type Bodies = (count: number, inCall: boolean) => readonly Unit[];

export type Nesting = { readonly depth: number; readonly inCall: boolean };

function test(r: Random): string {
  const register = `${r.pick(['x', 'w'])}${registerNumber(r)}`;
  switch (r.below(3)) {
    case 0:
      return `b.${r.pick(CONDITIONS)}`;
    case 1:
      return `${r.pick(['cbz', 'cbnz'])} ${register},`;
    default:
      return `${r.pick(['tbz', 'tbnz'])} ${register}, #${r.below(register.startsWith('x') ? 64 : 32)},`;
  }
}

function skip(r: Random, bodies: Bodies, { inCall }: Nesting): Unit {
  const label = `@skip${r.word()}`;
  return { head: [`${test(r)} ${label}`], body: bodies(r.range(1, 5), inCall), tail: [`${label}:`] };
}

function branch(r: Random, bodies: Bodies, { inCall }: Nesting): Unit {
  const label = `@over${r.word()}`;
  const head = r.oneIn(2) ? [`b ${label}`] : [`adr x29, ${label}`, 'br x29'];
  return { head, body: bodies(r.range(1, 3), inCall), tail: [`${label}:`] };
}

function loop(r: Random, bodies: Bodies, { depth, inCall }: Nesting): Unit {
  const label = `@loop${r.word()}`;
  const counter = `x${26 + depth}`;
  const tail = r.pick([
    [`sub ${counter}, ${counter}, #1`, `cbnz ${counter}, ${label}`],
    [`subs ${counter}, ${counter}, #1`, `b.ne ${label}`],
    [`sub ${counter}, ${counter}, #1`, `tbz ${counter}, #63, ${label}`],
  ]);
  return { head: [`mov ${counter}, #${r.range(1, 5)}`, `${label}:`], body: bodies(r.range(1, 5), inCall), tail };
}

/** A function in the middle of its caller. */
function call(r: Random, bodies: Bodies): Unit {
  const label = `@call${r.word()}`;
  const around = (head: readonly string[], body: readonly Unit[], tail: readonly string[]): Unit => ({ head, body, tail });
  const body = bodies(r.range(0, 5), true);
  const enter = r.pick([
    [`bl ${label}_f`],
    [`adr x29, ${label}_f`, 'blr x29'],
    [`adr x29, ${label}_f`, 'paciza x29', 'blraaz x29'],
    [`adr x29, ${label}_f`, 'pacib x29, x28', 'blrab x29, x28'],
  ]);
  const [start, leave] = r.pick([
    [[], 'ret'],
    [['mov x29, x30'], 'ret x29'],
    [['paciasp'], 'retaa'],
    [['pacibsp'], 'retab'],
    [['mov x29, x30', 'pacizb x29'], 'brabz x29'],
    [['mov x29, x30', 'pacda x29, x28', 'autda x29, x28'], 'br x29'],
    [['mov x29, x30', 'pacia x29, x28'], 'braa x29, x28'],
  ] as const);
  // X29 does not live across other units.
  return around([...enter, `b ${label}_end`, `${label}_f:`], body, [...start, leave, `${label}_end:`]);
}

/** A branch to where nothing can be executed; the harness comes back to X30. */
function badBranch(r: Random, el: 0 | 1): Unit {
  const label = `@back${r.word()}`;
  const target = r.pick([
    ['mov x29, x28'],
    [`ldr x29, =${stage1Page('xn')}`],
    // The page that this level may not execute; the other one is code.
    [`ldr x29, =${stage1Page(el === 0 ? 'uxn' : 'pxn') + 0x100}`],
    [`ldr x29, =${stage1Page('invalid')}`],
    [`ldr x29, =${stage1Page('hole')}`],
    [`ldr x29, =${stage1Page('badsize')}`],
    [`ldr x29, =${stage1Page('reserved')}`],
    [`ldr x29, =${stage1Page('noaf')}`],
    ['ldr x29, =0x90000000'],
    [`ldr x29, =0x${r.bits64().toString(16)}`, ...(excludes('pc-alignment') ? ['and x29, x29, #~3'] : [])],
    // Not aligned, in a page that is there.
    [`adr x29, ${label}`, `add x29, x29, #${r.range(1, 3)}`],
  ]);
  return unit(
    ...target,
    ...r.pick([['blr x29'], [`adr x30, ${label}`, 'br x29'], [`adr x30, ${label}`, 'ret x29']]),
    `${label}:`,
  );
}

function exception(r: Random): Unit {
  const immediate = r.oneIn(3) ? r.below(16) : r.below(0xe000);
  return unit(
    r.pick([`svc #${immediate}`, `brk #${immediate}`, `udf #${immediate}`, `hvc #${immediate}`, `hlt #${immediate & 0xfff}`]),
  );
}

function system(r: Random, el: 0 | 1): Unit {
  const at = registerNumber(r);
  const everywhere = [
    [`msr tpidr_el0, x${at}`],
    [`mrs x${at}, tpidr_el0`],
    [`mrs x${at}, tpidrro_el0`],
    [`msr nzcv, x${at}`],
    [`mrs x${at}, nzcv`],
    ['msr dit, #1', `mrs x${at}, dit`],
    [`msr dit, x${at}`, `mrs x${at}, dit`],
    ['msr ssbs, #1', `mrs x${at}, ssbs`],
    [`msr ssbs, x${at}`, `mrs x${at}, ssbs`],
    [`mrs x${at}, ctr_el0`],
    [`mrs x${at}, dczid_el0`],
  ];
  const atEl1 = [
    [`msr tpidr_el1, x${at}`],
    [`mrs x${at}, tpidr_el1`],
    [`msr tpidrro_el0, x${at}`],
    [`mrs x${at}, currentel`],
    [`mrs x${at}, spsel`],
    [`mrs x${at}, daif`],
    [`msr daif, x${at}`, `mrs x${at}, daif`, 'msr daifset, #15'],
    [`msr daifset, #${r.below(16)}`, `msr daifclr, #${r.below(16)}`, `mrs x${at}, daif`, 'msr daifset, #15'],
    ['msr pan, #1', `mrs x${at}, pan`, `ldr x${at}, [x28]`, 'msr pan, #0'],
    ['msr pan, #1', `ldtr x${at}, [x28, #8]`, 'msr pan, #0'],
    ['msr uao, #1', `mrs x${at}, uao`, `ldtr x${at}, [x28, #8]`, 'msr uao, #0'],
    [`msr pan, x${at}`, `mrs x${at}, pan`, 'msr pan, #0'],
    [`msr uao, x${at}`, `mrs x${at}, uao`, 'msr uao, #0'],
    ['msr spsel, #0', `mov x${at}, sp`, 'mov sp, x28', 'msr spsel, #1', 'mov sp, x28'],
    [`mov w${at}, w${at}`, `msr contextidr_el1, x${at}`, `mrs x${at}, contextidr_el1`],
    [`msr elr_el1, x${at}`, `mrs x${at}, elr_el1`],
    [`msr far_el1, x${at}`, `mrs x${at}, far_el1`],
    [`msr sp_el0, x${at}`, `mrs x${at}, sp_el0`],
    [`msr par_el1, xzr`, `mrs x${at}, par_el1`],
    [`mrs x${at}, midr_el1`],
    [`mrs x${at}, id_aa64isar0_el1`],
    [`mrs x${at}, id_aa64mmfr1_el1`],
  ];
  return unit(...r.pick(el === 1 && !r.oneIn(3) ? atEl1 : everywhere));
}

/** Return to EL1 or EL0 by the guest itself, legal or not. Back from EL0 there is no way but an exception: only EL1 is returned to. */
function exceptionReturn(r: Random): Unit {
  const label = `@eret${r.word()}`;
  const spsr =
    r.pick([0x3c5n, 0x3c5n, 0x3c5n, 0x10_03c5n, 0x3c9n, 0x3cdn, 0x3c6n, 0x3d3n, 0x3c7n]) | (BigInt(r.below(16)) << 28n);
  return unit(
    ...(excludes('pan-of-illegal-return') ? ['msr pan, #0'] : []),
    `adr x29, ${label}`,
    'msr elr_el1, x29',
    // No literal: a load could be taken, and the state would be anything.
    `movz x29, #${spsr & 0xffffn}`,
    `movk x29, #${spsr >> 16n}, lsl #16`,
    'msr spsr_el1, x29',
    ...r.pick([['eret'], ['eret'], [`mrs x${registerNumber(r)}, spsr_el1`, 'eret']]),
    `${label}:`,
  );
}

export const FLOW: Readonly<Record<string, (r: Random, bodies: Bodies, nesting: Nesting) => Unit>> = {
  skip,
  branch,
  loop,
  call,
};

export const EXCEPTIONS: Readonly<Record<string, (r: Random, el: 0 | 1) => Unit>> = {
  'bad branch': badBranch,
  exceptions: exception,
  'system registers': system,
  'exception return': exceptionReturn,
};
