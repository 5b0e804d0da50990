// The machine as it stands, for the views of system registers, trap controls, translation and PSTATE: answers their requests about the CPU that
// is shown. Keeps what no register holds: the values at the last standstill, and which exits each control has decided.

import { registerByName } from '#arch/sysreg';
import { err, ok } from '#base';
import type { LogEntry, Machine } from '#machine';
import type { InspectApi, Reply } from '#protocol';
import { controlDetail, controlRegister, controlRegisters, DecidedExits } from './control-inspection.ts';
import { pstateView, RegisterMarks, registerDetail, registerList, vectorsView } from './register-inspection.ts';
import { tlbView, translationView } from './translation-inspection.ts';

/** What is inspected. */
export interface Inspected {
  readonly machine: Machine;
  /** The CPU that is shown. */
  readonly cpu: number;
  /** EL2 is the KVM model's. */
  readonly kvm: boolean;
  /** The value of a symbol of the program. */
  symbol(name: string): bigint | undefined;
}

export interface Inspector {
  readonly requests: InspectApi;
  /** Another machine: everything kept is of the one before. */
  renew(): void;
  /** The machine is about to run: changes count from here. */
  mark(): void;
  /** A hand wrote this register. */
  byHand(cpu: number, register: string): void;
  /** An exit is in the log that was not there before. */
  exit(entry: LogEntry, line: number | undefined): void;
}

/** Makes an inspector of whatever `inspected` gives, undefined while there is no machine. */
export function createInspector(inspected: () => Inspected | undefined): Inspector {
  let marks = new RegisterMarks();
  let decided = new DecidedExits();

  function ask<T>(answer: (of: Inspected) => Reply<T>): Reply<T> {
    const of = inspected();
    return of ? answer(of) : err({ message: 'No program is loaded.' });
  }
  const cpu = (of: Inspected) => of.machine.processor(of.cpu);

  return {
    requests: {
      registerList: (query) => ask((of) => ok(registerList(query, cpu(of), marks))),
      registerValues: (names) =>
        ask((of) =>
          ok(
            names.flatMap((name) => {
              const row = registerByName(name);
              return row ? [marks.value(row, cpu(of))] : [];
            }),
          ),
        ),
      registerDetail: (name) => ask((of) => registerDetail(name, cpu(of), marks, of.kvm)),
      pstate: () => ask((of) => ok(pstateView(cpu(of)))),
      vectors: () => ask((of) => ok(vectorsView(cpu(of), marks))),
      controlRegisters: () => ask((of) => ok(controlRegisters(cpu(of), decided))),
      controlRegister: (name) =>
        ask((of) => {
          const { instructions, exits } = of.machine.moment;
          return controlRegister(name, cpu(of), decided, { kvm: of.kvm, fresh: instructions === 0 && exits === 0 });
        }),
      controlDetail: (register, field) => ask(() => controlDetail(register, field, decided)),
      tlb: () => ask((of) => ok(tlbView(cpu(of)))),
      translate: (query) => ask((of) => translationView(query, cpu(of), { log: of.machine.log, symbol: of.symbol, kvm: of.kvm })),
    },
    renew() {
      marks = new RegisterMarks();
      decided = new DecidedExits();
    },
    mark() {
      const of = inspected();
      if (of) marks.set(Array.from({ length: of.machine.cpus }, (_, n) => of.machine.processor(n)));
    },
    byHand: (index, register) => marks.byHand(index, register),
    exit: (entry, line) => decided.count(entry, line),
  };
}
