// Operand kinds that name a general register. Kinds that can be W or X read and write the field `sf` (1 = X).
import type { Cursor, FieldWriter, Mismatch, OperandKind } from '../syntax.ts';

interface GeneralRegister {
  readonly number: number;
  readonly sf: 0 | 1;
  readonly role: 'general' | 'zero' | 'sp';
}

const REGISTERS = new Map<string, GeneralRegister>();
for (let n = 0; n < 31; n += 1) {
  REGISTERS.set(`x${n}`, { number: n, sf: 1, role: 'general' });
  REGISTERS.set(`w${n}`, { number: n, sf: 0, role: 'general' });
}
REGISTERS.set('xzr', { number: 31, sf: 1, role: 'zero' });
REGISTERS.set('wzr', { number: 31, sf: 0, role: 'zero' });
REGISTERS.set('sp', { number: 31, sf: 1, role: 'sp' });
REGISTERS.set('wsp', { number: 31, sf: 0, role: 'sp' });
REGISTERS.set('lr', { number: 30, sf: 1, role: 'general' });
REGISTERS.set('fp', { number: 29, sf: 1, role: 'general' });
REGISTERS.set('ip0', { number: 16, sf: 1, role: 'general' });
REGISTERS.set('ip1', { number: 17, sf: 1, role: 'general' });

/** The general register that a word names (any case), or undefined. */
export function generalRegister(word: string): GeneralRegister | undefined {
  return REGISTERS.get(word.toLowerCase());
}

function registerKind(width: 'R' | 'W' | 'X', at31: 'zero' | 'sp'): OperandKind {
  const names = { R: at31 === 'sp' ? 'x0–x30, sp, w0–w30 or wsp' : 'x0–x30, xzr, w0–w30 or wzr', W: at31 === 'sp' ? 'w0–w30 or wsp' : 'w0–w30 or wzr', X: at31 === 'sp' ? 'x0–x30 or sp' : 'x0–x30 or xzr' };
  return {
    doc: names[width],
    shown: at31 === 'sp' ? `<${width}|SP>` : `<${width}>`,
    parse(cursor: Cursor, fields: FieldWriter, [field]: readonly string[]): Mismatch | undefined {
      const token = cursor.peek();
      const register = token.kind === 'word' ? generalRegister(cursor.registerName(token.text)) : undefined;
      if (!register || (register.role !== 'general' && register.role !== at31)) return { message: `expected ${names[width]}` };
      if (width !== 'R' && register.sf !== (width === 'X' ? 1 : 0)) return { message: `expected ${names[width]}` };
      if (width === 'R' && !fields.set('sf', register.sf)) return { message: `expected ${fields.get('sf') ? 'an X' : 'a W'} register, as before it` };
      if (!fields.set(field as string, register.number)) return { message: 'must be the same register as before' };
      cursor.next();
      return undefined;
    },
    print(fields, [field]) {
      const number = fields[field as string] as number;
      const x = width === 'X' || (width === 'R' && fields.sf === 1);
      if (number < 31) return `${x ? 'x' : 'w'}${number}`;
      return at31 === 'sp' ? (x ? 'sp' : 'wsp') : x ? 'xzr' : 'wzr';
    },
  };
}

export const registerKinds = {
  R: registerKind('R', 'zero'),
  RSP: registerKind('R', 'sp'),
  W: registerKind('W', 'zero'),
  WSP: registerKind('W', 'sp'),
  X: registerKind('X', 'zero'),
  XSP: registerKind('X', 'sp'),
} as const satisfies Record<string, OperandKind>;
