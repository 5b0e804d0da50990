// C structures over bytes: a table of members (name and type, natural alignment as a C compiler for LP64 lays them out) gives offsets, size
// and typed accessors. Owns the rule and the accessors; knows no structure. Little-endian, as every structure of an arm64 host is.
import { assert } from './assert.ts';

/** A range of bytes that may move: `view` is asked for at every access, so that memory which grows stays addressable. */
export interface Bytes {
  readonly view: DataView;
}

export type Scalar = 'u8' | 'u16' | 'u32' | 'u64';
/** A scalar, or an array of them: `u8[6]`. */
export type MemberType = Scalar | `${Scalar}[${number}]`;

export interface Member {
  readonly name: string;
  readonly offset: number;
  readonly scalar: Scalar;
  /** Elements of an array; undefined for a scalar. */
  readonly count: number | undefined;
}

type ValueOf<S extends Scalar> = S extends 'u64' ? bigint : number;

/** Elements of an array member. `set` takes the value modulo the element's width. Indices out of range are a bug. */
export interface Elements<T> {
  readonly length: number;
  get(index: number): T;
  set(index: number, value: T): void;
}

/** What a structure looks like from outside: scalars are properties, arrays are element accessors. Writes take values modulo their width. */
export type Accessors<M extends Readonly<Record<string, MemberType>>> = {
  -readonly [K in keyof M as M[K] extends Scalar ? K : never]: M[K] extends Scalar ? ValueOf<M[K]> : never;
} & {
  readonly [K in keyof M as M[K] extends Scalar ? never : K]: M[K] extends `${infer S extends Scalar}[${number}]`
    ? Elements<ValueOf<S>>
    : never;
};

export interface Layout<M extends Readonly<Record<string, MemberType>>> {
  readonly members: readonly Member[];
  /** Bytes from `at` to the end of the last member, rounded up to the structure's alignment. */
  readonly size: number;
  /** Accessors for one structure at the start of `bytes` (members stand at their offsets, which count from there). */
  attach(bytes: Bytes): Accessors<M>;
}

const WIDTH: Readonly<Record<Scalar, number>> = { u8: 1, u16: 2, u32: 4, u64: 8 };

/** Lays members out in the order written, each at its natural alignment. `at` is the offset of the first: members of a union pass the union's. */
export function layout<const M extends Readonly<Record<string, MemberType>>>(types: M, at = 0): Layout<M> {
  const members: Member[] = [];
  let end = at;
  let alignment = 1;
  for (const [name, type] of Object.entries(types)) {
    const match = /^(u8|u16|u32|u64)(?:\[(\d+)\])?$/.exec(type);
    assert(match, `type of ${name}`);
    const scalar = match[1] as Scalar;
    const width = WIDTH[scalar];
    const count = match[2] === undefined ? undefined : Number(match[2]);
    const offset = Math.ceil(end / width) * width;
    members.push({ name, offset, scalar, count });
    end = offset + width * (count ?? 1);
    alignment = Math.max(alignment, width);
  }
  const View = accessorClass(members);
  return {
    members,
    size: Math.ceil(end / alignment) * alignment - at,
    attach: (bytes) => new View(bytes) as unknown as Accessors<M>,
  };
}

/** The value of one element, as accessors give it. */
export function readMember(bytes: Bytes, member: Member, index = 0): number | bigint {
  return readScalar(bytes.view, member.scalar, member.offset + index * WIDTH[member.scalar]);
}

/** Writes one element, modulo its width. */
export function writeMember(bytes: Bytes, member: Member, value: number | bigint, index = 0): void {
  writeScalar(bytes.view, member.scalar, member.offset + index * WIDTH[member.scalar], value);
}

/** Bytes of their own, for structures outside any machine (tests, scratch copies). */
export function ownBytes(size: number): Bytes {
  return { view: new DataView(new ArrayBuffer(size)) };
}

/** A part of other bytes. */
export function subBytes(bytes: Bytes, offset: number, length: number): Bytes {
  let whole = bytes.view;
  let part = new DataView(whole.buffer, whole.byteOffset + offset, length);
  return {
    get view() {
      if (bytes.view !== whole) {
        whole = bytes.view;
        part = new DataView(whole.buffer, whole.byteOffset + offset, length);
      }
      return part;
    },
  };
}

function accessorClass(members: readonly Member[]): new (bytes: Bytes) => object {
  class View {
    readonly bytes: Bytes;
    constructor(bytes: Bytes) {
      Object.defineProperty(this, 'bytes', { value: bytes });
      this.bytes = bytes;
    }
  }
  for (const member of members) {
    Object.defineProperty(View.prototype, member.name, {
      enumerable: true,
      get(this: View) {
        return member.count === undefined ? readMember(this.bytes, member) : elements(this.bytes, member, member.count);
      },
      ...(member.count === undefined && {
        set(this: View, value: number | bigint) {
          writeMember(this.bytes, member, value);
        },
      }),
    });
  }
  return View;
}

function elements(bytes: Bytes, member: Member, length: number): Elements<number | bigint> {
  function check(index: number): void {
    // The text is made for a bug only: this is asked at every access.
    if (!(index >= 0 && index < length)) assert(false, `${member.name}[${index}]`);
  }
  return {
    length,
    get(index) {
      check(index);
      return readMember(bytes, member, index);
    },
    set(index, value) {
      check(index);
      writeMember(bytes, member, value, index);
    },
  };
}

function readScalar(view: DataView, scalar: Scalar, offset: number): number | bigint {
  if (scalar === 'u64') return view.getBigUint64(offset, true);
  if (scalar === 'u32') return view.getUint32(offset, true);
  return scalar === 'u16' ? view.getUint16(offset, true) : view.getUint8(offset);
}

function writeScalar(view: DataView, scalar: Scalar, offset: number, value: number | bigint): void {
  if (scalar === 'u64') view.setBigUint64(offset, BigInt(value), true);
  else if (scalar === 'u32') view.setUint32(offset, typeof value === 'number' ? value : Number(BigInt.asUintN(32, value)), true);
  else if (scalar === 'u16') view.setUint16(offset, Number(value), true);
  else view.setUint8(offset, Number(value));
}
