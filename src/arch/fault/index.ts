export {
  FAULT_STATUSES,
  type FaultKind,
  type FaultLevel,
  type FaultStatus,
  faultStatus,
  faultStatusCode,
} from './fault-status.ts';
