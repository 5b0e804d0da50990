/** A virtual address, 64 bits unsigned. */
export type Va = bigint & { readonly __address: 'Va' };
/** An intermediate physical address, 56 bits at most. */
export type Ipa = bigint & { readonly __address: 'Ipa' };
/** A physical address, 56 bits at most. */
export type Pa = bigint & { readonly __address: 'Pa' };

/** Names a 64-bit number a virtual address. */
export function va(address: bigint): Va {
  return BigInt.asUintN(64, address) as Va;
}
/** Names a number an intermediate physical address. */
export function ipa(address: bigint): Ipa {
  return address as Ipa;
}
/** Names a number a physical address. */
export function pa(address: bigint): Pa {
  return address as Pa;
}
