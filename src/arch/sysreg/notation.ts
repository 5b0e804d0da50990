// The notation of the tables in tables/, and its reader. Owns the grammar; knows no register.
//
//   SCTLR_EL1   3 0 1 0 0   rw EL1   @FEAT_X   128   of NAME   vncr 0x110   pstate     one row: name, op0 op1 CRn CRm op2, access, lowest EL
//     63 TIDCP@FEAT_TIDCP1  41:40 TCF{0 off|1 sync}  0 M=0                             fields: bits, name, reset, presence, values
//     at 2 SCTLR_EL2 (E2H=1)                                                           an access from EL2 reaches SCTLR_EL2 when E2H=1
//     w 1>2 HCR_EL2.TVM=1; HFGWTR_EL2.SCTLR_EL1=1                                      traps of writes, in the order of the manual
//
// Row: `rw`, `ro`, `wo`; `EL0/EL1` is read from EL0, written from EL1; `@` the features it needs; `128` also an MRRS/MSRR register; `of` a
// second name of that register's storage; `vncr` the offset in the page at VNCR_EL2 that FEAT_NV2 redirects to (an array: 8 bytes each);
// `pstate` a view of PSTATE without storage. A line in double quotes says what the register is. `DBGBVR<n>_EL1 n=0-15` is an array; its
// encoding says where n goes: `n` four bits, `10:n[4:3]`, `n[2:0]`. `READ/WRITE` are two registers that share one encoding.
// Field: `msb:lsb NAME`, parts joined by + from the top; `P<30:0>` over 31 bits is P30 to P0; `~label` puts it in a layout of its own;
// `@` when it is there (`@FEAT_X:1` a bit that is RES1 without it); a field called RES1 is that; `=n` its value after reset where the architecture gives one; `{0 text|1 text}` what values mean.
// Traps: `r`, `w`, `rw` (HFGxTR is then HFGRTR for reads and HFGWTR for writes) or `x` (a system instruction), then routes and conditions
// joined by `;`. A route says who is trapped, to where, and the EC when it is not 0x18: `01>2` from EL0 and EL1 to EL2, `g` EL0 that is not
// under a host (not E2H=1 and TGE=1), `0>h a | b` to whoever hosts EL0: EL1, or EL2 when TGE=1, where `b` is what counts with E2H=1
// (`none`: nothing), `1>u` UNDEFINED. The first condition that holds decides; after them an EL below the row's is UNDEFINED.
import { assert } from '#base';
import { type Condition, parseCondition } from './condition.ts';
import { packEncoding } from './encoding.ts';

export type El = 0 | 1 | 2 | 3;
export type Direction = 'read' | 'write' | 'execute';

export interface BitRange {
  readonly msb: number;
  readonly lsb: number;
}

export interface FieldValue {
  readonly value: number;
  readonly text: string;
}

export interface Field {
  readonly name: string;
  /** Most significant part first; nearly always one. */
  readonly parts: readonly BitRange[];
  /** Presence expression, '' when it is always there. */
  readonly presence: string;
  /** What its bits are when it is not there. */
  readonly otherwise: 0 | 1;
  /** Name of an alternative layout, '' for the register's usual one. */
  readonly layout: string;
  readonly reset: bigint | undefined;
  readonly values: readonly FieldValue[];
}

export interface TrapRule {
  /** `SCTLR_EL1 write HCR_EL2.TVM=1`. */
  readonly id: string;
  readonly from: 0 | 1 | 2;
  readonly to: 1 | 2 | 'undefined';
  /** Exception class reported; 0 for `undefined`. */
  readonly ec: number;
  readonly condition: Condition;
}

/** An access from `from` under `condition` (always, when absent) reaches the register `to` instead. */
export interface Reach {
  readonly from: 0 | 1 | 2;
  readonly to: string;
  readonly condition: Condition | undefined;
}

/** What stands indented under a row, as lines; read when it is asked for. */
export interface Body {
  readonly doc: string;
  readonly fields: string;
  readonly at: readonly string[];
  readonly traps: readonly { readonly directions: string; readonly text: string }[];
}

export interface Head {
  readonly name: string;
  readonly writeName: string | undefined;
  /** Packed; -1 for a row that has none. */
  readonly encoding: number;
  readonly access: 'rw' | 'ro' | 'wo' | 'x';
  readonly readEl: El;
  readonly writeEl: El;
  readonly feature: string;
  readonly wide: boolean;
  readonly aliasOf: string | undefined;
  readonly vncr: number | undefined;
  readonly pstate: boolean;
  readonly operand: string;
  readonly array: { readonly name: string; readonly index: number } | undefined;
  readonly body: Body;
}

/** Reads a table of registers or of system instructions (rows whose names hold a space and whose access is only an EL). */
export function readTable(text: string): Head[] {
  const heads: Head[] = [];
  let block: string[] = [];
  const flush = (): void => {
    if (block.length > 0) heads.push(...readBlock(block));
    block = [];
  };
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    if (!line.startsWith(' ')) flush();
    block.push(line);
  }
  flush();
  return heads;
}

const HEAD =
  /^(\S+(?: [A-Z0-9]+)?)(?: n=(\d+)-(\d+))? +(?:((?:[\dn:[\]]+ ){4}[\dn:[\]]+) +)?(?:(rw|ro|wo) )?EL(\d)(?:\/EL(\d))?((?: {2}.*)?)$/;

function readBlock(lines: readonly string[]): Head[] {
  const match = HEAD.exec(lines[0]!.trimEnd());
  assert(match !== null, `system register row '${lines[0]}'`);
  const [, names, first, last, encoding, access, el, writeEl, rest] = match as unknown as (string | undefined)[];
  const body = readBody(lines.slice(1));
  const attributes = (rest ?? '')
    .split('  ')
    .filter((part) => part.trim() !== '')
    .map((part) => part.trim());
  const attribute = (prefix: string): string | undefined =>
    attributes.find((part) => part.startsWith(prefix))?.slice(prefix.length);
  const common = {
    access: (access ?? 'x') as Head['access'],
    readEl: Number(el) as El,
    writeEl: Number(writeEl ?? el) as El,
    feature: attribute('@') ?? '',
    wide: attributes.includes('128'),
    aliasOf: attribute('of '),
    pstate: attributes.includes('pstate'),
    operand: attribute('Xt: ') ?? '',
    body,
  };
  const vncr = attribute('vncr ');
  const offset = vncr === undefined ? undefined : Number(vncr);
  if (first === undefined) {
    const [name, writeName] = names!.split('/') as [string, string | undefined];
    return [
      {
        ...common,
        name,
        writeName,
        encoding: encoding === undefined ? -1 : readEncoding(encoding, 0),
        vncr: offset,
        array: undefined,
      },
    ];
  }
  const heads: Head[] = [];
  for (let n = Number(first); n <= Number(last); n++) {
    heads.push({
      ...common,
      name: names!.replace('<n>', String(n)),
      writeName: undefined,
      encoding: readEncoding(encoding!, n),
      vncr: offset === undefined ? undefined : offset + 8 * n,
      array: { name: names!, index: n },
    });
  }
  return heads;
}

function readEncoding(text: string, n: number): number {
  const widths = [2, 3, 4, 4, 3];
  const parts = text.split(' ').map((part, i) => {
    if (/^\d+$/.test(part)) return Number(part);
    let bits = '';
    for (const piece of part.match(/n\[\d+(?::\d+)?\]|n|[01]+/g) ?? []) {
      const slice = /^n\[(\d+)(?::(\d+))?\]$/.exec(piece);
      if (piece === 'n') bits += n.toString(2).padStart(4, '0');
      else if (slice !== null) {
        const high = Number(slice[1]);
        const low = Number(slice[2] ?? slice[1]);
        bits += ((n >> low) & ((1 << (high - low + 1)) - 1)).toString(2).padStart(high - low + 1, '0');
      } else bits += piece;
    }
    assert(bits.length === widths[i], `encoding '${text}'`);
    return Number.parseInt(bits, 2);
  });
  const [op0, op1, crn, crm, op2] = parts as [number, number, number, number, number];
  return packEncoding(op0, op1, crn, crm, op2);
}

function readBody(lines: readonly string[]): Body {
  const fields: string[] = [];
  const at: string[] = [];
  const traps: { directions: string; text: string }[] = [];
  let doc = '';
  for (const raw of lines) {
    const line = raw.trim();
    const trap = /^(rw|r|w|x) (.*)$/.exec(line);
    if (trap !== null) traps.push({ directions: trap[1]!, text: trap[2]! });
    else if (line.startsWith('at ')) at.push(line.slice(3));
    else if (line.startsWith('"')) doc = line.slice(1, -1);
    else fields.push(line);
  }
  return { doc, fields: fields.join('  '), at, traps };
}

const FIELD =
  /(\d+(?::\d+)?(?:\+\d+(?::\d+)?)*) ([\w[\]:]+(?:<\d+:\d+>)?[\w\]]*)(?:=(\d+))?(?:~([\w=]+))?(?:@([^\s{:]+)(?::([01]))?)?(?:\{([^}]*)\})?(?:\s+|$)/y;

/** Reads the fields of a row, in the order of the table. */
export function readFields(text: string, owner: string): Field[] {
  const fields: Field[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const at = FIELD.lastIndex;
    const match = FIELD.exec(text);
    assert(match !== null, `fields of ${owner} at '${text.slice(at, at + 40)}'`);
    const [, bits, name, reset, layout, presence, otherwise, values] = match as unknown as (string | undefined)[];
    const parts = bits!.split('+').map((part) => {
      const [msb, lsb] = part.split(':').map(Number) as [number, number | undefined];
      return { msb, lsb: lsb ?? msb };
    });
    const common = {
      presence: presence ?? '',
      otherwise: otherwise === '1' ? (1 as const) : (0 as const),
      layout: layout ?? '',
      reset: reset === undefined ? undefined : BigInt(reset),
      values: values === undefined ? [] : values.split('|').map(readValue),
    };
    const run = /^(.*?)<(\d+):(\d+)>(.*)$/.exec(name!);
    if (run === null) {
      fields.push({ ...common, name: name!, parts });
      continue;
    }
    const high = Number(run[2]);
    const low = Number(run[3]);
    const { msb, lsb } = parts[0]!;
    const width = (msb - lsb + 1) / (high - low + 1);
    assert(Number.isInteger(width), `field ${name} of ${owner}`);
    for (let i = high; i >= low; i--) {
      const bottom = lsb + (i - low) * width;
      fields.push({ ...common, name: `${run[1]}${i}${run[4]}`, parts: [{ msb: bottom + width - 1, lsb: bottom }] });
    }
  }
  return fields;
}

function readValue(text: string): FieldValue {
  const space = text.indexOf(' ');
  return { value: Number(text.slice(0, space)), text: text.slice(space + 1) };
}

/** Reads `at` lines. */
export function readReaches(lines: readonly string[], owner: string): Reach[] {
  return lines.map((line) => {
    const match = /^([012]) (\w+)(?: \((.*)\))?$/.exec(line);
    assert(match !== null, `'at ${line}' of ${owner}`);
    const condition = match[3] === undefined ? undefined : parseCondition(match[3].replaceAll(', ', ' & '), owner);
    return { from: Number(match[1]) as 0 | 1 | 2, to: match[2]!, condition };
  });
}

/** Reads the rules that concern one direction, in order. */
export function readTraps(body: Body, direction: Direction, name: string, n: number | undefined): TrapRule[] {
  const rules: TrapRule[] = [];
  const letter = direction === 'execute' ? 'x' : direction === 'read' ? 'r' : 'w';
  for (const { directions, text } of body.traps) {
    if (!directions.includes(letter)) continue;
    const expanded = directions === 'rw' ? text.replaceAll(/\bH(D?)FGxTR/g, `H$1FG${letter.toUpperCase()}TR`) : text;
    let route = '';
    for (const item of expanded.split(';')) {
      const match = /^\s*(?:([0-2g]+>[12hu](?::0x[0-9a-f]{2})?) )?(.*)$/.exec(item)!;
      route = match[1] ?? route;
      const condition = n === undefined ? match[2]! : match[2]!.replaceAll('<n>', String(n));
      rules.push(...readRoute(route, condition.trim(), `${name} ${direction}`, name, n));
    }
  }
  return rules;
}

function readRoute(route: string, text: string, prefix: string, owner: string, n: number | undefined): TrapRule[] {
  const match = /^([0-2g]+)>([12hu])(?::(0x[0-9a-f]{2}))?$/.exec(route);
  assert(match !== null, `route '${route}' of ${prefix}`);
  const to = match[2]! as '1' | '2' | 'h' | 'u';
  const ec = to === 'u' ? 0 : Number(match[3] ?? '0x18');
  const rules: TrapRule[] = [];
  const push = (from: 0 | 1 | 2, target: TrapRule['to'], condition: string, context: string): void => {
    if (condition === 'none') return;
    const inner = / \((.*)\)$/.exec(condition);
    const bare = inner === null ? condition : condition.slice(0, inner.index);
    const contexts = [inner?.[1] ?? '', context].filter((part) => part !== '').join(', ');
    const full = contexts === '' ? bare : `${bare} (${contexts})`;
    const common = { id: `${prefix} ${full}`, from, to: target, ec };
    rules.push({ ...common, condition: parseCondition(full, owner, n) });
  };
  const target = to === 'u' ? 'undefined' : to === '1' ? 1 : 2;
  for (const letter of match[1]!) {
    if (to === 'h') {
      const [guest, host] = text.split(' | ') as [string, string | undefined];
      push(0, 1, guest, 'TGE=0');
      push(0, 2, guest, host === undefined ? 'TGE=1' : 'E2H=0, TGE=1');
      if (host !== undefined) push(0, 2, host, 'E2H=1, TGE=1');
    } else if (letter === 'g') push(0, target, text, 'EL0host=0');
    else push(Number(letter) as 0 | 1 | 2, target, text, '');
  }
  return rules;
}
