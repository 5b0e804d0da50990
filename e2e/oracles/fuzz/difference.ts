// The first difference between two results of a program. Which parts count is excluded.ts's.
import { genericName } from '#arch/sysreg';
import { alike, freeBits } from './excluded.ts';
import { DATA_SIZE, SYSREGS } from './layout.ts';
import { type Result, sayTaken } from './results.ts';

/** The first difference that counts, in words; undefined if there is none. `left` and `right` are what the two are called. */
export function difference(a: Result, b: Result, left: string, right: string): string | undefined {
  const say = (what: string, x: bigint | string, y: bigint | string) => {
    const text = (value: bigint | string) => (typeof value === 'bigint' ? `0x${value.toString(16)}` : value);
    return `${what}: ${left} ${text(x)}, ${right} ${text(y)}`;
  };
  if (a.done !== b.done) return say('the program', a.done ? 'ends' : 'does not end', b.done ? 'ends' : 'does not end');
  if (a.refused !== b.refused) return say('UNDEFINED in the set-up code', msrOf(a.refused), msrOf(b.refused));
  for (let at = 0; at < Math.max(a.log.length, b.log.length); at++) {
    const [p, q] = [a.log[at], b.log[at]];
    if (p === undefined || q === undefined)
      return say(`exception ${at}`, p === undefined ? 'none' : sayTaken(p), q === undefined ? 'none' : sayTaken(q));
    const part = alike(p, q);
    // The digest of the last exception says less than the registers at the end.
    if (part === 'X0 to X30' && at === a.log.length - 1 && a.log.length === b.log.length) continue;
    if (part !== undefined) return `${part} at exception ${at}: ${left} ${sayTaken(p)}, ${right} ${sayTaken(q)}`;
  }
  if (a.reason !== b.reason) return say('reason of the end', String(a.reason), String(b.reason));
  if (a.pc !== b.pc) return say('PC', a.pc, b.pc);
  for (const [at, value] of a.x.entries()) if (value !== b.x[at]) return say(`X${at}`, value, b.x[at] ?? 0n);
  for (const [at, value] of a.sp.entries()) if (value !== b.sp[at]) return say(`SP_EL${at}`, value, b.sp[at] ?? 0n);
  if ((a.spsr ^ b.spsr) & ~freeBits('spsr_el2')) return say('PSTATE', a.spsr, b.spsr);
  for (const [at, name] of SYSREGS.entries()) {
    const [x, y] = [a.sysregs[at] ?? 0n, b.sysregs[at] ?? 0n];
    if ((x ^ y) & ~freeBits(name)) return say(name.toUpperCase(), x, y);
  }
  const at = a.data.findIndex((byte, index) => byte !== b.data[index]);
  if (at < 0) return undefined;
  const bytes = (data: Uint8Array) => Buffer.from(data.subarray(at & ~7, (at & ~7) + 16)).toString('hex');
  return say(`data at ${at & ~7} (${at - DATA_SIZE / 2} from X28)`, bytes(a.data), bytes(b.data));
}

function msrOf(word: number): string {
  if (word === 0) return 'nothing';
  return (word & 0xfff0_0000) >>> 0 === 0xd510_0000
    ? `MSR ${genericName(0x8000 | ((word >> 5) & 0x7fff))}`
    : `0x${word.toString(16)}`;
}
