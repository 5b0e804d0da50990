import { err, type Result } from '#base';
import type { Board, BoardHooks } from './board.ts';
import type { MachineOptions } from './types.ts';

export function createKvmBoard(_options: MachineOptions, _hooks: BoardHooks): Result<Board, string> {
  return err('not yet');
}
