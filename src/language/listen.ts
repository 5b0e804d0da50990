// Finds things out about an instruction by running its operation over an interface that only listens. Knows the interface, and nothing of what
// is listened for.
import type { Fields, Instruction, Operations } from '#isa';

/** Runs an instruction's operation: what is in `heard` hears its calls, both branches of every condition are taken. */
export function listen(row: Instruction, fields: Fields, heard: Partial<Operations<unknown>>): void {
  const value = Symbol('value');
  const all: Partial<Operations<unknown>> = {
    when: (_condition, then, otherwise) => {
      then();
      otherwise?.();
    },
    ...heard,
  };
  // What nobody listens for gives a value; operations with two halves are destructured.
  const silent = new Proxy(all, {
    get: (target, name) => {
      const own = Reflect.get(target, name) as ((...args: readonly unknown[]) => unknown) | undefined;
      const pair = /pair|128|checkedAtomic/i.test(String(name)) ? [value, value] : value;
      return (...args: readonly unknown[]) => own?.(...args) ?? pair;
    },
  });
  row.exec?.(silent as Operations<unknown>, fields);
}
