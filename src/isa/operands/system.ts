// Operand kinds of the system instructions: registers and operations by name, barriers, hints, prefetches, PSTATE fields. The names of
// registers and operations are those of the tables of the architecture.
import {
  encodingName,
  genericName,
  operationByEncoding,
  operationByName,
  packEncoding,
  parseGenericName,
  registerByEncoding,
  registerByName,
  unpackEncoding,
} from '#arch/sysreg';
import type { Mismatch, OperandKind } from '../syntax.ts';
import { isMismatch, keyword, readNumber, wordKind, write } from './common.ts';
import { gnuRegisterEncoding, gnuRegisterName } from './gnu-register-names.ts';
import { parseSystemPair, peekRegister, registerText } from './registers.ts';

/** A system register by name or as S<op0>_<op1>_C<n>_C<m>_<op2>. `op0` fixes the first number; else it is 2 or 3 by the field o0. */
function systemRegister(direction: 'read' | 'write', op0?: 0 | 1): OperandKind {
  const set = (fields: Parameters<OperandKind['parse']>[1], names: readonly string[], encoding: number): boolean => {
    const parts = unpackEncoding(encoding);
    if (op0 === undefined ? parts.op0 < 2 : parts.op0 !== op0) return false;
    const values = [...(op0 === undefined ? [parts.op0 - 2] : []), parts.op1, parts.crn, parts.crm, parts.op2];
    return names.every((name, i) => fields.set(name, values[i] as number));
  };
  return {
    doc: 'a system register by name, or S<op0>_<op1>_C<n>_C<m>_<op2>',
    shown: '<systemreg>',
    parse(cursor, fields, names) {
      const token = cursor.peek();
      if (token.kind !== 'word') return { message: 'expected a system register' };
      const named = op0 === undefined ? (registerByName(token.text)?.encoding ?? gnuRegisterEncoding(token.text)) : undefined;
      const encoding = named ?? parseGenericName(token.text);
      if (encoding === undefined) return { message: `no system register is called ${token.text}` };
      if (!set(fields, names, encoding)) return { message: `${token.text} is no register of this instruction` };
      cursor.next();
      return undefined;
    },
    print(fields, names) {
      const values = names.map((name) => fields[name] as number);
      const first = op0 ?? (values.shift() as number) + 2;
      const encoding = packEncoding(first, ...(values as [number, number, number, number]));
      if (op0 !== undefined || !registerByEncoding(encoding))
        return gnuRegisterName(encoding) ?? genericName(encoding).toLowerCase();
      return encodingName(encoding, direction).toLowerCase();
    },
  };
}

/** Operations of these features came after binutils 2.40, whose objdump prints them as SYS; so do we. They are read by name. */
const LATER = /FEAT_(?:XS|ATS1A|PoPS|BRBE|ITE|SPECRES2|OCCMO|MEC|TLBIW)\b/;

/** An operation of one system instruction (`dc zva, x0`): {op1, CRn, CRm, op2, Rt}; the register is there when the operation takes one. */
function systemOperation(mnemonic: string): OperandKind {
  return {
    doc: `an operation of ${mnemonic.toUpperCase()}`,
    shown: `<${mnemonic}_op>{, <Xt>}`,
    parse(cursor, fields, names): Mismatch | undefined {
      const token = cursor.peek();
      const operation = token.kind === 'word' ? operationByName(`${mnemonic} ${token.text}`) : undefined;
      if (!operation) return { message: `expected an operation of ${mnemonic.toUpperCase()}` };
      cursor.next();
      const { op1, crn, crm, op2 } = unpackEncoding(operation.encoding);
      const values = [op1, crn, crm, op2];
      for (const [i, value] of values.entries())
        if (!fields.set(names[i] as string, value)) return { message: 'conflicting operation', at: token };
      if (operation.operand === 'none') return write(fields, names[4], 31, token);
      if (!cursor.accept(',')) return { message: `${token.text} takes a register` };
      const at = cursor.peek();
      const register = peekRegister(cursor);
      if (!register || register.role === 'sp' || register.sf !== 1) return { message: 'expected x0–x30 or xzr' };
      cursor.next();
      return write(fields, names[4], register.number, at);
    },
    print(fields, names) {
      const [op1, crn, crm, op2, rt] = names.map((name) => fields[name] as number) as [number, number, number, number, number];
      const operation = operationByEncoding(packEncoding(1, op1, crn, crm, op2));
      const prefix = `${mnemonic.toUpperCase()} `;
      if (!operation?.name.startsWith(prefix) || LATER.test(operation.feature) || operation.name.endsWith('NXS'))
        return undefined;
      const name = operation.name.slice(prefix.length).toLowerCase();
      // Rt should be 31 where there is no register; objdump does not look at it.
      return operation.operand === 'none' ? name : `${name}, ${registerText(rt, true)}`;
    },
  };
}

/** An operation of TLBIP: those of TLBI that name an address, with the pair of registers that holds it. */
const tlbipOperation: OperandKind = {
  doc: 'an operation of TLBIP',
  shown: '<tlbip_op>, <Xt1>{, <Xt2>}',
  parse(cursor, fields, names): Mismatch | undefined {
    const token = cursor.peek();
    const operation = token.kind === 'word' ? operationByName(`tlbi ${token.text}`) : undefined;
    if (!operation || !ADDRESS.test(operation.operand)) return { message: 'expected an operation of TLBIP' };
    cursor.next();
    const { op1, crn, crm, op2 } = unpackEncoding(operation.encoding);
    for (const [i, value] of [op1, crn, crm, op2].entries())
      if (!fields.set(names[i] as string, value)) return { message: 'conflicting operation', at: token };
    return cursor.accept(',')
      ? parseSystemPair(cursor, fields, names[4])
      : { message: `${token.text} takes a pair of registers` };
  },
  print(fields, names) {
    const [op1, crn, crm, op2, rt] = names.map((name) => fields[name] as number) as [number, number, number, number, number];
    const operation = operationByEncoding(packEncoding(1, op1, crn, crm, op2));
    if (!operation?.name.startsWith('TLBI ') || !ADDRESS.test(operation.operand)) return undefined;
    const pair = rt === 31 ? 'xzr' : `${registerText(rt, true)}, ${registerText(rt + 1, true)}`;
    return `${operation.name.slice('TLBI '.length).toLowerCase()}, ${pair}`;
  },
};

/** What the operand of a TLBI holds where TLBIP does the same to a longer address. */
const ADDRESS = /\b(?:VA|IPA)\b/;

/** C0 to C15. */
const controlRegister: OperandKind = {
  doc: 'c0 to c15',
  shown: '<Cn>',
  parse(cursor, fields, [name]) {
    const token = cursor.peek();
    const match = token.kind === 'word' ? /^c0*(\d|1[0-5])$/i.exec(token.text) : null;
    if (!match) return { message: 'expected c0 to c15' };
    cursor.next();
    return write(fields, name, Number(match[1]), token);
  },
  print: (fields, [name]) => `C${fields[name as string]}`,
};

/** One of some names, or a number from `low` to `high` in steps; numbers without a name print as two hex digits. */
function namedNumber(source: {
  readonly doc: string;
  readonly shown: string;
  readonly names: readonly (readonly [text: string, value: number])[];
  readonly limit: number;
  /** Names that are read but not printed. */
  readonly also?: readonly (readonly [text: string, value: number])[];
  /** Words of a kind that is tried after this one, which an expression here must not take for symbols. */
  readonly elsewhere?: readonly string[];
  /** From the number written to the field, and back; the same where absent. */
  readonly toField?: (value: number) => number | undefined;
  readonly toNumber?: (field: number) => number;
  /** Left out when the field has this value. */
  readonly absent?: number;
  readonly digits?: number;
}): OperandKind {
  const byText = new Map([...source.names, ...(source.also ?? [])]);
  const byValue = new Map(source.names.map(([text, value]) => [value, text]));
  const toField = source.toField ?? ((value: number) => (value <= source.limit ? value : undefined));
  const toNumber = source.toNumber ?? ((field: number) => field);
  return {
    doc: source.doc,
    shown: source.shown,
    ...(source.absent === undefined ? {} : { optional: true }),
    spellings: source.names,
    parse(cursor, fields, [name]) {
      const token = cursor.peek();
      if (source.absent !== undefined && token.kind === 'end') return write(fields, name, source.absent, token);
      const named = byText.get(keyword(token));
      if (named === undefined && source.elsewhere?.includes(keyword(token))) return { message: `expected ${source.doc}` };
      if (named !== undefined) {
        cursor.next();
        return write(fields, name, named, token);
      }
      const number = readNumber(cursor, source.doc);
      if (isMismatch(number)) return number;
      const value = number.value.value;
      const field = value >= 0n && value <= 255n ? toField(Number(value)) : undefined;
      return field === undefined
        ? { message: `${value} does not fit: ${source.doc}`, at: number.at }
        : write(fields, name, field, number.at);
    },
    print(fields, [name]) {
      const field = fields[name as string] as number;
      if (field === source.absent) return '';
      return (
        byValue.get(field) ??
        `#0x${toNumber(field)
          .toString(16)
          .padStart(source.digits ?? 2, '0')}`
      );
    },
  };
}

const barrierOption = {
  doc: 'sy, st, ld, ish, ishst, ishld, nsh, nshst, nshld, osh, oshst, oshld or 0 to 15',
  shown: '<option>|#<imm>',
  names: [
    ['sy', 15],
    ['st', 14],
    ['ld', 13],
    ['ish', 11],
    ['ishst', 10],
    ['ishld', 9],
    ['nsh', 7],
    ['nshst', 6],
    ['nshld', 5],
    ['osh', 3],
    ['oshst', 2],
    ['oshld', 1],
  ],
  limit: 15,
  elsewhere: ['oshnxs', 'nshnxs', 'ishnxs', 'synxs'],
} as const;

const PREFETCH_TYPES = ['pld', 'pli', 'pst'] as const;
const PREFETCH_TARGETS = ['l1', 'l2', 'l3', 'slc'] as const;
const prefetchNames = PREFETCH_TYPES.flatMap((type, t) =>
  PREFETCH_TARGETS.flatMap((target, l) => [
    [`${type}${target}keep`, t * 8 + l * 2] as const,
    [`${type}${target}strm`, t * 8 + l * 2 + 1] as const,
  ]),
);

/** PSTATE fields of MSR (immediate): name, op1, op2, bits of CRm above the immediate, largest immediate. */
const PSTATE_FIELDS = [
  ['uao', 0, 3, 0, 15],
  ['pan', 0, 4, 0, 15],
  ['spsel', 0, 5, 0, 15],
  ['allint', 1, 0, 0, 1],
  ['pm', 1, 0, 2, 1],
  ['ssbs', 3, 1, 0, 15],
  ['dit', 3, 2, 0, 15],
  ['svcrsm', 3, 3, 2, 1],
  ['svcrza', 3, 3, 4, 1],
  ['svcrsmza', 3, 3, 6, 1],
  ['tco', 3, 4, 0, 15],
  ['daifset', 3, 6, 0, 15],
  ['daifclr', 3, 7, 0, 15],
] as const;

/** Those of which only 0 and 1 may be written although the field of the encoding is wider. */
const ONE_BIT = new Set(['uao', 'pan', 'spsel', 'ssbs', 'dit', 'tco']);

/** The PSTATE field that MSR (immediate) with these op1, op2 and CRm writes, and with what; undefined when there is none. */
export function pstateField(
  op1: number,
  op2: number,
  CRm: number,
): { readonly name: string; readonly value: number } | undefined {
  for (const [name, a, b, above, limit] of PSTATE_FIELDS) {
    if (a === op1 && b === op2 && (CRm & ~limit) === above) return { name, value: CRm & limit };
  }
  return undefined;
}

const pstateKind: OperandKind = {
  doc: 'a PSTATE field and an immediate',
  shown: '<pstatefield>, #<imm>',
  parse(cursor, fields, [op1, op2, CRm]) {
    const token = cursor.peek();
    const row = token.kind === 'word' ? PSTATE_FIELDS.find(([name]) => name === token.text.toLowerCase()) : undefined;
    if (!row) return { message: 'expected a PSTATE field (daifset, daifclr, spsel, pan, uao, dit, ssbs, tco, allint)' };
    const [name, a, b, above, widest] = row;
    cursor.next();
    if (!cursor.accept(',')) return { message: 'expected ","' };
    const number = readNumber(cursor);
    if (isMismatch(number)) return number;
    const limit = ONE_BIT.has(name) ? 1 : widest;
    const value = number.value.value;
    if (value < 0n || value > BigInt(limit)) return { message: `immediate ${value} does not fit: 0 to ${limit}`, at: number.at };
    return write(fields, op1, a, token) ?? write(fields, op2, b, token) ?? write(fields, CRm, above | Number(value), number.at);
  },
  print(fields, [op1, op2, CRm]) {
    const [a, b, crm] = [op1, op2, CRm].map((name) => fields[name as string] as number) as [number, number, number];
    const field = pstateField(a, b, crm);
    // Of a one-bit field only the lowest bit counts; objdump has the general text for words with others set.
    if (field && field.value > 1 && ONE_BIT.has(field.name)) return `s0_${a}_c4_c${crm}_${b}, xzr`;
    return field && `${field.name}, #0x${field.value.toString(16)}`;
  },
};

/** HINT's number: CRm:op2. */
const hintNumber: OperandKind = {
  doc: '0 to 127',
  shown: '#<imm>',
  parse(cursor, fields, [CRm, op2]) {
    const number = readNumber(cursor);
    if (isMismatch(number)) return number;
    const value = number.value.value;
    if (value < 0n || value > 127n) return { message: `immediate ${value} does not fit: 0 to 127`, at: number.at };
    return write(fields, CRm, Number(value >> 3n), number.at) ?? write(fields, op2, Number(value & 7n), number.at);
  },
  print: (fields, [CRm, op2]) => `#0x${((fields[CRm as string] as number) * 8 + (fields[op2 as string] as number)).toString(16)}`,
};

/** Range prefetch operations, Arm ARM C6.2.320: option<2>:option<0>:S:Rt<2:0>. */
const RANGE_PREFETCHES = [
  ['pldkeep', 0],
  ['pstkeep', 1],
  ['pldstrm', 4],
  ['pststrm', 5],
] as const;

const rangePrefetch: OperandKind = {
  doc: 'pldkeep, pstkeep, pldstrm, pststrm or 0 to 63',
  shown: '<rprfop>|#<imm6>',
  parse(cursor, fields, names) {
    const token = cursor.peek();
    const named = token.kind === 'word' ? RANGE_PREFETCHES.find(([name]) => name === token.text.toLowerCase()) : undefined;
    let value: number;
    if (named) {
      cursor.next();
      value = named[1];
    } else {
      const number = readNumber(cursor, 'a range prefetch operation');
      if (isMismatch(number)) return number;
      if (number.value.value < 0n || number.value.value > 63n) return { message: 'the operation is 0 to 63', at: number.at };
      value = Number(number.value.value);
    }
    const values = [((value >> 3) & 4) | 2 | ((value >> 4) & 1), (value >> 3) & 1, 24 | (value & 7)];
    for (const [i, name] of names.entries())
      if (!fields.set(name, values[i] as number)) return { message: 'conflicting operation', at: token };
    return undefined;
  },
  print(fields, names) {
    const [option, s, rt] = names.map((name) => fields[name] as number) as [number, number, number];
    if ((option & 2) === 0 || rt < 24) return undefined;
    const value = ((option & 4) << 3) | ((option & 1) << 4) | (s << 3) | (rt & 7);
    return RANGE_PREFETCHES.find(([, v]) => v === value)?.[0] ?? `#${value}`;
  },
};

export const systemKinds = {
  SysregRead: systemRegister('read'),
  SysregWrite: systemRegister('write'),
  SysregRead0: systemRegister('read', 0),
  SysregWrite0: systemRegister('write', 0),
  SysregRead1: systemRegister('read', 1),
  SysregWrite1: systemRegister('write', 1),
  Cn: controlRegister,
  AtOperation: systemOperation('at'),
  DcOperation: systemOperation('dc'),
  IcOperation: systemOperation('ic'),
  TlbiOperation: systemOperation('tlbi'),
  TlbipOperation: tlbipOperation,
  CfpOperation: systemOperation('cfp'),
  CppOperation: systemOperation('cpp'),
  DvpOperation: systemOperation('dvp'),
  CospOperation: systemOperation('cosp'),
  BrbOperation: systemOperation('brb'),
  DataBarrier: namedNumber(barrierOption),
  NxsBarrier: namedNumber({
    doc: 'oshnxs, nshnxs, ishnxs, synxs or 16, 20, 24, 28',
    shown: '<option>nXS|#<imm>',
    names: [
      ['oshnxs', 0],
      ['nshnxs', 1],
      ['ishnxs', 2],
      ['synxs', 3],
    ],
    limit: 3,
    toField: (value) => (value >= 16 && value <= 28 && value % 4 === 0 ? (value - 16) / 4 : undefined),
  }),
  IsbOption: namedNumber({
    doc: 'sy, 0 to 15 or nothing',
    shown: '{<option>|#<imm>}',
    names: [['sy', 15]],
    limit: 15,
    absent: 15,
    digits: 1,
  }),
  BtiTarget: wordKind({
    doc: 'c, j, jc or nothing',
    shown: '{c|j|jc}',
    optional: true,
    spellings: [
      ['', 0],
      ['c', 1],
      ['j', 2],
      ['jc', 3],
      ['r', 0],
    ],
  }),
  Prefetch: namedNumber({
    doc: 'a prefetch operation (pldl1keep …) or 0 to 31',
    shown: '<prfop>|#<imm5>',
    // The system level cache came later than objdump 2.40, which prints it as a number.
    names: prefetchNames.filter(([text]) => !text.includes('slc')),
    also: prefetchNames.filter(([text]) => text.includes('slc')),
    limit: 31,
  }),
  RangePrefetch: rangePrefetch,
  Pstate: pstateKind,
  HintNumber: hintNumber,
  PriorityHint: wordKind({
    doc: 'ph or nothing',
    shown: '{ph}',
    optional: true,
    spellings: [
      ['', 0],
      ['ph', 1],
    ],
  }),
  StoreHint: wordKind({
    doc: 'keep or strm',
    shown: '<policy>',
    spellings: [
      ['keep', 0],
      ['strm', 1],
    ],
  }),
} as const satisfies Record<string, OperandKind>;
