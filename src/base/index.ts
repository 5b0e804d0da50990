export { AssertionError, assert, assertNever } from './assert.ts';
export { bits32, bits64, insert64, MASK32, MASK64, mask64, signExtend32, signExtend64 } from './bits.ts';
export { type Ipa, ipa, type Pa, pa, type Va, va } from './brand.ts';
export { hex, hexDigits, parseInteger } from './hex.ts';
export {
  type Accessors,
  type Bytes,
  type Elements,
  type Layout,
  layout,
  type Member,
  type MemberType,
  ownBytes,
  readMember,
  type Scalar,
  subBytes,
  writeMember,
} from './layout.ts';
export { err, ok, type Result } from './result.ts';
