// The code: the program's text, what the assembler says of it, and what the machine does and did on each line.
import { control, toggleBreakpoint, useClient } from '#client';
import type { Feature } from '#ui';
import { cursor, showBadges, showMachineCode } from './settings.ts';

export const editorFeature: Feature = {
  id: 'editor',
  title: 'Code',
  word: 'Code',
  icon: 'code',
  load: () => import('./view.tsx'),
  commands: [
    {
      id: 'toggle-breakpoint',
      title: 'Set or clear the breakpoint of this line',
      group: 'Code',
      keys: ['F9'],
      run: () => void toggleBreakpoint(cursor.get()),
    },
    {
      id: 'run-to-cursor',
      title: 'Run to this line',
      group: 'Code',
      keys: ['Ctrl+F10'],
      available: () => {
        const { machine, program } = useClient.getState();
        return program.source.trim() !== '' && (machine.status.kind === 'paused' || !program.loaded);
      },
      run: () => void control({ kind: 'to-line', line: cursor.get() }),
    },
    {
      id: 'toggle-machine-code',
      title: 'Show or hide addresses and machine code',
      group: 'Code',
      run: () => showMachineCode.set(!showMachineCode.get()),
    },
    {
      id: 'toggle-badges',
      title: 'Show or hide exits beside the code',
      group: 'Code',
      run: () => showBadges.set(!showBadges.get()),
    },
  ],
};
