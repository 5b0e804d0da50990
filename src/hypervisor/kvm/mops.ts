// A memory copy or set that found its registers in the other format (kvm_hyp_handle_mops, arm64_mops_reset_regs): HCRX_EL2.MCE2 brings the
// exception to EL2, which puts the registers back as a prologue instruction wants them and goes on there (Arm ARM DDI 0487, rules CNTMJ, MWFQH).
import { bits64 } from '#base';
import { step, type Vcpu } from './context.ts';
import type { Handled } from './handler.ts';

const MASK64 = (1n << 64n) - 1n;
const PSTATE_N = 1n << 31n;
const PSTATE_SS = 1n << 21n;

export function handleMops(vcpu: Vcpu): Handled {
  const { cpu, state } = vcpu;
  const esr = state.esr_el2;
  const set = bits64(esr, 24, 24) === 1n;
  const optionA = (bits64(esr, 16, 16) ^ bits64(esr, 17, 17)) === 1n;
  const [dst, src, size] = [bits64(esr, 14, 10), bits64(esr, 9, 5), bits64(esr, 4, 0)].map(Number) as [number, number, number];
  const count = cpu.x(size);
  const move = (n: number, by: bigint): void => cpu.setX(n, (cpu.x(n) + by) & MASK64);
  if (set) {
    if (optionA) {
      move(dst, count);
      cpu.setX(size, -count & MASK64);
    }
  } else if (optionA) {
    if (count >> 63n) {
      move(dst, count);
      move(src, count);
      cpu.setX(size, -count & MASK64);
    }
  } else if (cpu.pstate & PSTATE_N) {
    move(dst, -count);
    move(src, -count);
  }
  const back = bits64(esr, 18, 18) === 1n ? 8n : 4n;
  cpu.pc = (cpu.pc - back) & MASK64;
  cpu.pstate &= ~PSTATE_SS;
  step(vcpu, 'arm64_mops_reset_regs', `the registers are as the prologue at PC - ${back} wants them`);
  return 'guest';
}
