// What the view of trap controls works out of what it is told: texts of the choice, of KVM's default beside a value, and of runs of numbers.
import type { ControlRegisterLine, ControlTakes, ControlView } from '#client';

/** `HCR_EL2 · 21 exits`, `HAFGRTR_EL2 · not here`. */
export function choiceWord({ name, absent, exits }: ControlRegisterLine): string {
  if (absent !== '') return `${name} · not here`;
  return exits === 0 ? name : `${name} · ${exitsWord(exits)}`;
}

/** `1 exit`, `21 exits`. */
export function exitsWord(exits: number): string {
  return `${exits} ${exits === 1 ? 'exit' : 'exits'}`;
}

/** KVM's default as a column shows it: a digit, or `?` with the words below the sentence. */
export function kvmDigit({ kvm }: Pick<ControlView, 'kvm'>): { readonly digit: string; readonly depends: string } {
  return kvm === '0' || kvm === '1' ? { digit: kvm, depends: '' } : { digit: '?', depends: kvm };
}

/** Whether a control stands otherwise than KVM leaves it for every guest. A field of several bits that KVM sets has a value of its own. */
export function differs({ kvm, value, absent, msb, lsb }: ControlView): boolean {
  if (absent !== '' || (kvm !== '0' && kvm !== '1')) return false;
  return kvm === '0' ? value !== 0n : msb === lsb && value !== 1n;
}

const VERBS = { read: 'Reads', write: 'Writes', execute: 'Instructions' } as const;

/** `Reads at EL0, EL1 → EL2`. */
export function takesTitle({ direction, from, to }: ControlTakes): string {
  return `${VERBS[direction]} at ${from.join(', ')} → ${to}`;
}

/** Numbers with neighbours joined: `1–3, 7`. */
export function runs(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; ) {
    let end = i;
    while (numbers[end + 1] === (numbers[end] as number) + 1) end += 1;
    parts.push(end === i ? `${numbers[i]}` : `${numbers[i]}–${numbers[end]}`);
    i = end + 1;
  }
  return parts.join(', ');
}
