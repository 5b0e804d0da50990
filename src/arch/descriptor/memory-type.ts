// One byte of MAIR_ELx in words (Arm ARM DDI 0487, MAIR_EL1). Knows nothing of what a processor makes of it.

const DEVICE = ['nGnRnE', 'nGnRE', 'nGRE', 'GRE'];

/** The memory type that a byte of MAIR_ELx declares: `Normal, outer write-back, inner non-cacheable`. */
export function memoryType(byte: number): string {
  const outer = (byte >>> 4) & 15;
  const inner = byte & 15;
  if (outer === 0) {
    if ((inner & 3) > 1) return 'reserved';
    return `Device-${DEVICE[inner >>> 2]}${inner & 1 ? ', XS 0 (FEAT_XS)' : ''}`;
  }
  if (byte === 0x40) return 'Normal non-cacheable, XS 0 (FEAT_XS)';
  if (byte === 0xa0) return 'Normal write-through, XS 0 (FEAT_XS)';
  if (byte === 0xf0) return 'Normal write-back, tagged (FEAT_MTE2)';
  if (inner === 0) return 'reserved';
  return outer === inner ? `Normal ${cacheability(outer)}` : `Normal, outer ${cacheability(outer)}, inner ${cacheability(inner)}`;
}

// 0b00RW write-through transient, 0b0100 non-cacheable, 0b01RW write-back transient, 0b10RW write-through, 0b11RW write-back.
function cacheability(nibble: number): string {
  if (nibble === 0b0100) return 'non-cacheable';
  const transient = nibble < 8 ? ' transient' : '';
  return `${nibble & 0b0100 ? 'write-back' : 'write-through'}${transient}`;
}
