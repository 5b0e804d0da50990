// The grammar, run by Monaco's own Monarch engine, against lines of assembly text.
// @ts-expect-error Monaco publishes no types for this part
import { compile } from 'monaco-editor/editor/standalone/common/monarch/monarchCompile';
// @ts-expect-error Monaco publishes no types for this part
import { MonarchTokenizer } from 'monaco-editor/editor/standalone/common/monarch/monarchLexer';
import { expect, test } from 'vitest';
import { A64, a64Grammar } from './a64-monarch.ts';

interface Tokens {
  readonly tokens: readonly { readonly offset: number; readonly type: string }[];
  readonly endState: unknown;
}
interface Tokenizer {
  getInitialState(): unknown;
  tokenize(line: string, hasEndOfLine: boolean, state: unknown): Tokens;
}

const settings = { getValue: () => 20_000, onDidChangeConfiguration: () => ({ dispose: () => undefined }) };
const theme = { getColorTheme: () => ({ tokenTheme: {} }) };
const tokenizer: Tokenizer = new MonarchTokenizer({}, theme, A64, compile(A64, a64Grammar), settings);

/** `kind:text` of every piece that is neither blank nor a delimiter; lines apart by ` / `. */
function kinds(text: string): string {
  let state = tokenizer.getInitialState();
  return text
    .split('\n')
    .map((line) => {
      const { tokens, endState } = tokenizer.tokenize(line, true, state);
      state = endState;
      return tokens
        .map(
          ({ offset, type }, index) => [type.replace('.a64', ''), line.slice(offset, tokens[index + 1]?.offset).trim()] as const,
        )
        .filter(([kind, piece]) => kind !== '' && kind !== 'delimiter' && piece !== '')
        .map(([kind, piece]) => `${kind}:${piece}`)
        .join(' ');
    })
    .join(' / ');
}

function check(text: string, expected: string): void {
  test(text.replaceAll('\n', ' ⏎ '), () => expect(kinds(text)).toBe(expected));
}

check('mov x0, #1', 'mnemonic:mov register:x0 number:#1');
check('  B.NE 1b', 'mnemonic:B.NE label.use:1b');
check('poll: ldrsb w5, [x19, #-3] // stops', 'label:poll mnemonic:ldrsb register:w5 register:x19 number:#-3 comment:// stops');
check('1:\n ret', 'label:1 / mnemonic:ret');
check('a: b: nop; wfi', 'label:a label:b mnemonic:nop mnemonic:wfi');
check('nop\nnop', 'mnemonic:nop / mnemonic:nop');
check('add x0, x1,\n nop', 'mnemonic:add register:x0 register:x1 / mnemonic:nop');
check('ldr x0, =stack_top', 'mnemonic:ldr register:x0 symbol:stack_top');
check('adrp x0, :got:name', 'mnemonic:adrp register:x0 modifier::got: symbol:name');
check('movi v31.16b, #0xff', 'mnemonic:movi register:v31.16b number:#0xff');
check('mrs x4, s3_0_c15_c2_0', 'mnemonic:mrs register:x4 symbol:s3_0_c15_c2_0');
check('add x32, sp, wzr', 'mnemonic:add symbol:x32 register:sp register:wzr');
check(".byte 'a', '\\n', 0b1010_1010", "directive:.byte number:'a' number:'\\n' number:0b1010_1010");
check(
  '.asciz "hi // \\"there\\"" // end',
  'directive:.asciz string:"hi // string.escape:\\" string:there string.escape:\\" string:" comment:// end',
);
check('UART = 0x9000000', 'label:UART number:0x9000000');
check('.equ UART, 0x9000000', 'directive:.equ symbol:UART number:0x9000000');
check('# a whole line\n nop', 'comment:# a whole line / mnemonic:nop');
check('nop /* one\n two */ wfi\nwfe', 'mnemonic:nop comment:/* one / comment:two */ symbol:wfi / mnemonic:wfe');
check('/* head */ nop', 'comment:/* head */ mnemonic:nop');
check(
  '.macro putc reg\n mov x0, \\reg\n.endm',
  'directive:.macro symbol:putc symbol:reg / mnemonic:mov register:x0 argument:\\reg / directive:.endm',
);
