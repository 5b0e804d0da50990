// What GNU as 2.40 takes or makes otherwise, and why it is not so here. A rule says which lines it speaks of; none hides a wrong word of a line
// that both accept as written in the manual.

export interface Rule {
  readonly reason: string;
  readonly applies: (line: string, difference: { readonly refusedHere: boolean; readonly refusedThere: boolean }) => boolean;
}

const NUMBER = /(?:0x[0-9a-f]+|0b[01]+|\d+)/gi;

function numbers(line: string): bigint[] {
  return (line.match(NUMBER) ?? []).map((text) => BigInt(/^0\d/.test(text) ? `0o${text.slice(1).replace(/[89]/g, '7')}` : text));
}

export const LINE_RULES: Readonly<Record<string, Rule>> = {
  'offset-cut': {
    reason: 'GNU as keeps 32 bits of an offset or a shift amount and does not look at the others; here the number does not fit',
    applies: (line, { refusedHere }) =>
      refusedHere && /\[|lsl|lsr|asr|ror|[us]xt/i.test(line) && numbers(line).some((n) => n >= 1n << 31n),
  },
  'beyond-64-bits': {
    reason: 'arithmetic on numbers of more than 64 bits, which GNU as keeps in another form, is arithmetic modulo 2^64 here',
    applies: (line) => numbers(line).some((n) => n > 1n << 63n),
  },
  'double-hash': {
    reason: 'GNU as overlooks a second # before an offset, and before no other number',
    applies: (line, { refusedHere }) => refusedHere && /#\s*#/.test(line),
  },
  'half-expression': {
    reason: 'GNU as takes an operator without its right operand, and 0x without digits, as if there were a 0',
    applies: (line, { refusedHere }) => refusedHere && /(?:[-+*%^&~!]\s*(?:$|,|\]|\)|\/)|\b0x(?![0-9a-f])|[#,]\s*!)/i.test(line),
  },
  'undefined-symbol': {
    reason:
      'a line alone is a whole program: a name that nothing defines is a mistake, not the work of a linker; a register is no label',
    applies: (line, { refusedHere }) =>
      refusedHere &&
      /^\s*(?:b|bl|b\.?\w\w|cb\w+|tbn?z|adrp?|ldr|ldrsw|prfm|bc\.\w+)\s[^[]*$/i.test(line) &&
      /,?\s*[a-z_][\w.]*\s*[^[\]]*$/i.test(line),
  },
  'address-as-number': {
    reason: 'GNU as writes the low bits of an address of the object file, which is none yet, where a plain number is wanted',
    applies: (line, { refusedHere }) =>
      refusedHere &&
      /^\s*(?:svc|hvc|smc|brk|hlt|udf|dcps\d|mov|movz|movn|movk|tcancel|ands?|orr|eor|tst|ccm[np]|adds?|subs?|cmp|cmn|ld\w+|st\w+)\s.*(?<![\w.])\.(?![\w.])/i.test(
        line,
      ),
  },
  'signed-group': {
    reason:
      ':abs_g0_s:, :prel_g0: and their kin take -2^16 to 2^16-1 (ELF for AArch64, 5.7.6), and half of that from GNU as when the value is a number',
    applies: (line, { refusedThere }) => refusedThere && /:(?:abs_g[0-2]_s|prel_g[0-2]):/i.test(line),
  },
  'page-in-brackets': {
    reason: 'GNU as overlooks brackets behind adrp',
    applies: (line, { refusedHere }) => refusedHere && /^\s*adrp\s.*\[/i.test(line),
  },
  'odd-arrangement': {
    reason: 'GNU as takes an arrangement that no vector has at the far end of a list',
    applies: (line, { refusedHere }) => refusedHere && /-\s*v\d+\.(?:2h|4b|2b|1b|1h|1s|8s|16h)\b/i.test(line),
  },
  'leading-zeros': {
    reason: 'GNU as overlooks zeros before the numbers of S3_0_C1_C2_3',
    applies: (line, { refusedHere }) => refusedHere && /\bs\d+_\d+_c\d+_c\d+_\d+/i.test(line) && /[s_c]0\d/i.test(line),
  },
  'r-profile': {
    reason: 'registers of the R profile assemble here whatever the architecture',
    applies: (line, { refusedThere }) => refusedThere && /\bpr(?:bar|lar|enr|selr)\d*_el[12]\b/i.test(line),
  },
  'glued-amount': {
    reason: 'GNU as takes `uxtw0` and `lsl3` for a shift and its amount; here they are words that mean nothing',
    applies: (line, { refusedHere }) => refusedHere && /\b(?:lsl|lsr|asr|ror|[us]xt[bhwx])\d/i.test(line),
  },
};
