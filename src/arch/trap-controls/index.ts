export {
  type KvmDefault,
  TRAP_CONTROLS,
  type TrapControl,
  type TrappedAccess,
  trapControl,
  trapControls,
  trappedBy,
} from './trap-controls.ts';
