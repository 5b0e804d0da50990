// A cursor over plain operand text, for the self-checks of the tables: words, numbers and punctuation, no symbols.
import type { Cursor, Token, Value } from './syntax.ts';

const TOKEN = /\s*(?:([A-Za-z_.][\w.]*)|(0x[0-9a-fA-F]+|\d+)|(.))/y;

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (!match) break;
    const column = TOKEN.lastIndex - match[0].trimStart().length;
    const place = { column, end: TOKEN.lastIndex };
    if (match[1] !== undefined) tokens.push({ kind: 'word', text: match[1], ...place });
    else if (match[2] !== undefined) tokens.push({ kind: 'number', value: BigInt(match[2]), text: match[2], ...place });
    else tokens.push({ kind: 'punct', text: match[3] as string, ...place });
  }
  tokens.push({ kind: 'end', text: '', column: text.length, end: text.length });
  return tokens;
}

/** A cursor over the operands of one instruction at address 0. */
export function testCursor(text: string): Cursor {
  const tokens = tokenise(text);
  let index = 0;
  const at = (ahead: number): Token => tokens[Math.min(index + ahead, tokens.length - 1)] as Token;
  const isPunct = (ahead: number, mark: string): boolean => at(ahead).kind === 'punct' && at(ahead).text === mark;
  return {
    pc: 0n,
    linked: true,
    peek: (ahead = 0) => at(ahead),
    next() {
      const token = at(0);
      index += 1;
      return token;
    },
    accept(wanted) {
      const token = at(0);
      if (token.kind === 'end' || token.text.toLowerCase() !== wanted) return false;
      index += 1;
      return true;
    },
    expression(): Value | undefined {
      let ahead = isPunct(0, '#') ? 1 : 0;
      const negative = isPunct(ahead, '-');
      if (negative) ahead += 1;
      const token = at(ahead);
      if (token.kind !== 'number') return undefined;
      index += ahead + 1;
      return { value: negative ? -token.value : token.value, kind: 'absolute', known: true };
    },
    save: () => index,
    restore(position) {
      index = position;
    },
    registerName: (word) => word,
  };
}
