// Random instructions that work on registers and flags only, as templates (operands.ts), by the name under which a campaign can ask for them.
import { bitmask, fill, registerNumber } from './operands.ts';
import { type Unit, unit } from './program.ts';
import type { Random } from './random.ts';

/** `{R}` of one template all have one width. */
export const TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  arithmetic: [
    '{add|sub} {D}, {S}, #{0..4095}',
    '{add|sub} {D}, {S}, #{0..4095}, lsl #12',
    '{adds|subs} {R}, {S}, #{0..4095}',
    '{adds|subs} {R}, {S}, #{0..4095}, lsl #12',
    '{add|sub|adds|subs} {R}, {R}, {arithmetic}',
    '{add|sub} {D}, {S}, {extended}',
    '{adds|subs} {R}, {S}, {extended}',
    '{cmp|cmn} {S}, #{0..4095}',
    '{cmp|cmn} {R}, {arithmetic}',
    '{cmp|cmn} {S}, {extended}',
    '{neg|negs} {R}, {arithmetic}',
    '{adc|adcs|sbc|sbcs} {R}, {R}, {R}',
    '{ngc|ngcs} {R}, {R}',
  ],
  logical: [
    '{and|bic|orr|orn|eor|eon|ands|bics} {R}, {R}, {logical}',
    '{mvn|tst} {R}, {logical}',
    'ands {R}, {R}, #{bitmask}',
    '{and|orr|eor} {D}, {R}, #{bitmask}',
    'tst {R}, #{bitmask}',
  ],
  moves: [
    '{movz|movn|movk} {R}, #{0..65535}, lsl #{half}',
    'mov {D}, {R}',
    'mov {D}, #{bitmask}',
    'adr {X}, .{+|-}{0..2000}',
    'adrp {X}, .{+|-}{0..100000}',
  ],
  bitfield: [
    // Every immr and imms, as the encoding has them: the assembler's aliases cover only some of each.
    '{bfm|sbfm|ubfm} {R}, {R}, #{bit}, #{bit}',
    'extr {R}, {R}, {R}, #{bit}',
    'ror {R}, {R}, #{bit}',
    '{sxtb|sxth|uxtb|uxth} {W}, {W}',
    '{sxtb|sxth|sxtw} {X}, {W}',
    'bfc {R}, #{0..30}, #1',
  ],
  shifts: ['{lsl|lsr|asr|ror} {R}, {R}, {R}'],
  bits: ['{rbit|rev|rev16|clz|cls} {R}, {R}', 'rev32 {X}, {X}'],
  multiply: [
    '{madd|msub} {R}, {R}, {R}, {R}',
    '{mul|mneg} {R}, {R}, {R}',
    '{smaddl|smsubl|umaddl|umsubl} {X}, {W}, {W}, {X}',
    '{smull|smnegl|umull|umnegl} {X}, {W}, {W}',
    '{smulh|umulh} {X}, {X}, {X}',
    '{udiv|sdiv} {R}, {R}, {R}',
  ],
  conditional: [
    '{csel|csinc|csinv|csneg} {R}, {R}, {R}, {cond}',
    '{cset|csetm} {R}, {eq|ne|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le}',
    '{ccmp|ccmn} {R}, #{0..31}, #{0..15}, {cond}',
    '{ccmp|ccmn} {R}, {R}, #{0..15}, {cond}',
  ],
  crc: ['{crc32b|crc32h|crc32w|crc32cb|crc32ch|crc32cw} {W}, {W}, {W}', '{crc32x|crc32cx} {W}, {W}, {X}'],
  flags: ['cfinv', 'rmif {X}, #{0..63}, #{0..15}', '{setf8|setf16} {W}', '{axflag|xaflag}', 'msr nzcv, {X}', 'mrs {XD}, nzcv'],
  pauth: [
    '{pacia|pacib|pacda|pacdb|autia|autib|autda|autdb} {XD}, {XS}',
    '{paciza|pacizb|pacdza|pacdzb|autiza|autizb|autdza|autdzb|xpaci|xpacd} {XD}',
    'pacga {X}, {X}, {XS}',
    '{pacia1716|pacib1716|autia1716|autib1716}',
  ],
  hints: [
    '{nop|yield|sev|sevl|csdb|esb|dgh|bti|bti c|bti j|bti jc}',
    'hint #{4..127}',
    '{isb|sb|ssbb|pssbb|clrex}',
    '{dmb|dsb} {sy|st|ld|ish|ishst|ishld|nsh|nshst|nshld|osh|oshst|oshld}',
    '{dmb|dsb} #{1..15}',
    'clrex #{0..15}',
    'isb #{0..15}',
  ],
};

/** Units that a template cannot say. */
export const UNITS: Readonly<Record<string, (r: Random) => Unit>> = {
  /** A fresh value, so that programs do not run dry. */
  values: (r) => unit(`ldr x${registerNumber(r)}, =0x${r.value().toString(16)}`),
  'stack pointer': (r) => {
    const template = r.pick([
      '{add|sub} {sp|wsp}, {own}, #{0..4095}',
      '{add|sub} {sp|wsp}, {own}, {any}',
      'mov {sp|wsp}, {any}',
      '{and|orr|eor} {sp|wsp}, {any}, #{bitmask}',
    ]);
    const is64 = r.oneIn(2);
    const number = registerNumber(r);
    const places: Record<string, string> = {
      'sp|wsp': is64 ? 'sp' : 'wsp',
      own: r.oneIn(2) ? (is64 ? 'sp' : 'wsp') : `${is64 ? 'x' : 'w'}${number}`,
      any: `${is64 ? 'x' : 'w'}${registerNumber(r)}`,
      bitmask: `0x${bitmask(r, is64 ? 64 : 32).toString(16)}`,
    };
    const text = fill(
      template.replace(/\{([^}]*)\}/g, (all, name: string) => places[name] ?? all),
      r,
    );
    return unit(text, `mov x${number}, sp`, 'mov sp, x28');
  },
  'signed return address': (r) => {
    const key = r.pick(['a', 'b']);
    const [sign, check] = r.pick([
      [`paci${key}sp`, `auti${key}sp`],
      [`paci${key}z`, `auti${key}z`],
      [`paci${key} x30, sp`, `auti${r.pick(['a', 'b'])} x30, sp`],
      [`paci${key}sp`, 'xpaclri'],
    ] as const);
    const number = registerNumber(r);
    return unit(`mov x30, x${registerNumber(r)}`, sign, `mov x${number}, x30`, check, `mov x${registerNumber(r)}, x30`);
  },
  /** Any word of the data-processing encodings: what is unallocated must be UNDEFINED, what is allocated must work. */
  words: (r) => {
    const group = r.pick([0b1000n, 0b1001n, 0b0101n, 0b1101n]);
    const word = (BigInt(r.word()) & ~(0xfn << 25n) & ~0x1fn) | (group << 25n) | BigInt(registerNumber(r));
    return unit(`.inst 0x${word.toString(16)}`);
  },
};
