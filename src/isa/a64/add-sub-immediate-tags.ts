// Add/subtract (immediate, with tags), Arm ARM C4.1.92.
import type { Operations } from '../operations.ts';
import { a64 } from '../row.ts';

/** The address with the n-th tag after its own that is not excluded (AArch64.ChooseNonExcludedTag). */
function step<V>(o: Operations<V>, base: V, address: V, offset: number): V {
  const tag = o.call('chooseTag', o.and(o.lshr(1, base, o.imm(56)), o.imm(15)), o.imm(offset), o.excludedTags());
  return o.or(o.and(address, o.imm(~(0xfn << 56n))), o.shl(1, tag, o.imm(56)));
}

export const ADDG = a64({
  bits: '1 0 0 100011 0 uimm6:6 00 uimm4:4 Rn:5 Rd:5',
  asm: 'addg {Rd:XSP}, {Rn:XSP}, {uimm6:HexTag6}, {uimm4:Hex4}',
  doc: 'Adds to an address and steps its logical tag.',
  feature: 'FEAT_MTE',
  exec: (o, { uimm6, uimm4, Rn, Rd }) => {
    const base = o.xsp(Rn);
    o.setXSP(Rd, 1, step(o, base, o.add(base, o.imm(uimm6 * 16)), uimm4));
  },
});

export const SUBG = a64({
  bits: '1 1 0 100011 0 uimm6:6 00 uimm4:4 Rn:5 Rd:5',
  asm: 'subg {Rd:XSP}, {Rn:XSP}, {uimm6:HexTag6}, {uimm4:Hex4}',
  doc: 'Subtracts from an address and steps its logical tag.',
  feature: 'FEAT_MTE',
  exec: (o, { uimm6, uimm4, Rn, Rd }) => {
    const base = o.xsp(Rn);
    o.setXSP(Rd, 1, step(o, base, o.sub(base, o.imm(uimm6 * 16)), uimm4));
  },
});
