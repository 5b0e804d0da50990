// Tokens of one statement. Knows numbers, names, strings and punctuation of GNU as; knows no mnemonic, register or directive.
import type { Token } from '#isa';

const isNameStart = new Uint8Array(128);
const isNamePart = new Uint8Array(128);
for (let c = 0; c < 128; c += 1) {
  const text = String.fromCharCode(c);
  if (/[A-Za-z_.$]/.test(text)) isNameStart[c] = 1;
  if (/[A-Za-z0-9_.$]/.test(text)) isNamePart[c] = 1;
}

/** True for a character (code) that may open a symbol. */
export function opensName(c: number): boolean {
  return c >= 128 || isNameStart[c] === 1;
}

/** True for a character (code) that may go on a symbol. */
export function continuesName(c: number): boolean {
  return c >= 128 || isNamePart[c] === 1;
}

const PAIRS = new Set(['<<', '>>', '==', '!=', '<>', '<=', '>=', '&&', '||']);

/** The tokens of `text`, closed by an `end` token. `column` is the column of its first character.
 *
 * A word that begins with a digit is either a reference to a numeric label (`1f`, `1b`) or no number (`08`, `0x`, `1b2`). Strings keep their
 * quotes and escapes (see decodeString); one that is not closed lacks its last quote. */
export function tokenise(text: string, column: number): Token[] {
  const tokens: Token[] = [];
  const length = text.length;
  let index = 0;
  let last = 0;
  while (index < length) {
    const c = text.charCodeAt(index);
    if (c === 32 || (c >= 9 && c <= 13) || c === 0xa0) {
      index += 1;
      continue;
    }
    const start = index;
    if (opensName(c)) {
      index += 1;
      while (index < length && continuesName(text.charCodeAt(index))) index += 1;
      tokens.push({ kind: 'word', text: text.slice(start, index), column: column + start, end: column + index });
    } else if (c >= 48 && c <= 57) {
      // Most numbers are short and decimal.
      let value = c - 48;
      index += 1;
      if (c !== 48) {
        for (let d = text.charCodeAt(index); d >= 48 && d <= 57 && index - start < 15; d = text.charCodeAt(index)) {
          value = value * 10 + d - 48;
          index += 1;
        }
      }
      const next = index < length ? text.charCodeAt(index) : 32;
      if (!continuesName(next)) {
        tokens.push({
          kind: 'number',
          value: BigInt(value),
          text: text.slice(start, index),
          column: column + start,
          end: column + index,
        });
        last = index;
        continue;
      }
      while (index < length && continuesName(text.charCodeAt(index))) index += 1;
      tokens.push(number(text, start, index, column));
      index = (tokens[tokens.length - 1] as Token).end - column;
    } else if (c === 34) {
      index += 1;
      while (index < length) {
        const q = text.charCodeAt(index);
        index += q === 92 ? 2 : 1;
        if (q === 34) break;
      }
      if (index > length) index = length;
      tokens.push({ kind: 'string', text: text.slice(start, index), column: column + start, end: column + index });
    } else if (c === 39) {
      const escaped = text.charCodeAt(index + 1) === 92;
      const at = index + (escaped ? 2 : 1);
      if (at >= length) {
        index = length;
        tokens.push({ kind: 'punct', text: "'", column: column + start, end: column + index });
      } else {
        index = at + 1;
        if (text.charCodeAt(index) === 39) index += 1;
        const value = escaped ? characterEscape(text.charCodeAt(at)) : firstByte(text.charCodeAt(at));
        tokens.push({
          kind: 'number',
          value: BigInt(value),
          text: text.slice(start, index),
          column: column + start,
          end: column + index,
        });
      }
    } else {
      index += 1;
      if (
        index < length &&
        (c === 60 || c === 62 || c === 61 || c === 33 || c === 38 || c === 124) &&
        PAIRS.has(text.slice(start, index + 1))
      )
        index += 1;
      tokens.push({ kind: 'punct', text: text.slice(start, index), column: column + start, end: column + index });
    }
    last = index;
  }
  tokens.push({ kind: 'end', text: '', column: column + last, end: column + last + 1 });
  return tokens;
}

const DECIMAL = /^(?:0|[1-9][0-9]*)$/;
const OCTAL = /^0[0-7]+$/;
const RADIX = /^0(?:[xX][0-9a-fA-F]+|[bB][01]+)$/;
/** C's marks for unsigned and long, which change nothing. GNU as takes them behind any number but a lone 0. */
const SUFFIX = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|0[0-7]+|[1-9][0-9]*)(?:[uU][lL]{0,2}|[lL]{1,2})$/;
const FLOAT = /^(?:[0-9]+\.[0-9]*(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)$/;
const FLOAT_START = /^[0-9]+(?:\.[0-9]*)?[eE]$/;
const MARKED_FLOAT_START = /^0[fFdDeEhHbBxX][0-9]*(?:\.[0-9]*)?(?:[eE])?$/;

/** The number token that begins at `start`, where names could not go on after `end`; an exponent's sign may take it further. */
function number(text: string, start: number, end: number, column: number): Token {
  let stop = end;
  let body = text.slice(start, stop);
  const sign = text.charCodeAt(stop);
  if ((sign === 43 || sign === 45) && FLOAT_START.test(body)) {
    let at = stop + 1;
    while (at < text.length && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at += 1;
    if (at > stop + 1) {
      stop = at;
      body = text.slice(start, stop);
    }
  } else if ((sign === 43 || sign === 45) && MARKED_FLOAT_START.test(body) && !/^0[xXbB]/.test(body)) {
    // 0f-1.5, 0d1e-3: the mark, then a number of its own.
    const rest = /^[+-]?[0-9]*(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?/.exec(text.slice(stop))?.[0] ?? '';
    if (/[0-9]/.test(rest) && (/^0[fFdD]$/.test(body) || /[eE]$/.test(body))) {
      stop += rest.length;
      body = text.slice(start, stop);
    }
  }
  const place = { text: body, column: column + start, end: column + stop };
  body = SUFFIX.exec(body)?.[1] ?? body;
  if (DECIMAL.test(body)) return { kind: 'number', value: body.length < 16 ? BigInt(Number(body)) : BigInt(body), ...place };
  if (RADIX.test(body)) return { kind: 'number', value: BigInt(body), ...place };
  if (OCTAL.test(body)) return { kind: 'number', value: BigInt(`0o${body.slice(1)}`), ...place };
  if (FLOAT.test(body)) return { kind: 'float', ...place };
  if (/^0[fFdD][+-]?[0-9.]/.test(body)) return { kind: 'float', ...place };
  return { kind: 'word', ...place };
}

/** `\c` in a character constant: b f n r t are control characters, everything else stands for itself. */
function characterEscape(c: number): number {
  return { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 }[c] ?? firstByte(c);
}

function firstByte(c: number): number {
  return c < 128 ? c : (new TextEncoder().encode(String.fromCharCode(c))[0] as number);
}

/** The bytes of a string token (UTF-8), escapes done as GNU as does them: \b \f \n \r \t \v, \", \\, up to three octal digits, \x with any
 * number of hex digits of which the last two count. `unknown` collects the offsets of escapes that mean nothing (the character is kept). */
export function decodeString(raw: string, unknown?: number[]): number[] {
  const closed = raw.length > 1 && raw.endsWith('"');
  const body = raw.slice(1, closed ? -1 : undefined);
  const bytes: number[] = [];
  let index = 0;
  while (index < body.length) {
    const c = body.charCodeAt(index);
    if (c !== 92) {
      if (c < 128) {
        bytes.push(c);
        index += 1;
      } else {
        const point = body.codePointAt(index) as number;
        const character = String.fromCodePoint(point);
        bytes.push(...new TextEncoder().encode(character));
        index += character.length;
      }
      continue;
    }
    index += 1;
    const e = body[index];
    index += 1;
    const simple = e === undefined ? undefined : SIMPLE_ESCAPES[e];
    if (simple !== undefined) bytes.push(simple);
    else if (e === undefined) bytes.push(92);
    else if (e >= '0' && e <= '9') {
      let value = e.charCodeAt(0) - 48;
      for (let digits = 1; digits < 3 && /[0-9]/.test(body[index] ?? ''); digits += 1, index += 1)
        value = value * 8 + body.charCodeAt(index) - 48;
      bytes.push(value & 0xff);
    } else if (e === 'x' || e === 'X') {
      let value = 0;
      while (/[0-9a-fA-F]/.test(body[index] ?? '')) {
        value = ((value << 4) | Number.parseInt(body[index] as string, 16)) & 0xffff;
        index += 1;
      }
      bytes.push(value & 0xff);
    } else {
      unknown?.push(index - 1);
      bytes.push(...new TextEncoder().encode(e));
    }
  }
  return bytes;
}

const SIMPLE_ESCAPES: Readonly<Record<string, number>> = { b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '"': 34, '\\': 92 };
