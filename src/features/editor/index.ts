// The code: the program's text, what the assembler says of it, and what the machine does and did on each line.
import { control, toggleBreakpoint, useClient } from '#client';
import type { Command, Feature } from '#ui';
import { act, cursor, showBadges, showMachineCode } from './settings.ts';

/** Something that the editor itself does at its cursor. */
function atCursor(id: string, title: string, action: string, ...keys: string[]): Command {
  return {
    id,
    title,
    group: 'Code',
    ...(keys.length > 0 ? { keys } : {}),
    available: () => act.get() !== undefined,
    run: () => act.get()?.(`editor.${action}`),
  };
}

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
    atCursor('offer', 'Offer what can stand here', 'action.triggerSuggest', 'Ctrl+ '),
    atCursor('explain', 'Explain what is at the cursor', 'action.showHover', 'F1'),
    atCursor('go-to-definition', 'Go to the definition', 'action.revealDefinition', 'F12'),
    atCursor('references', 'Show every use of this name', 'action.goToReferences', 'Shift+F12'),
    atCursor('rename', 'Rename this name', 'action.rename', 'F2'),
    atCursor('quick-fix', 'Mend this mistake', 'action.quickFix', 'Mod+.'),
    atCursor('go-to-symbol', 'Go to a label or name…', 'action.quickOutline', 'Mod+Shift+O'),
    atCursor('go-to-line', 'Go to a line…', 'action.gotoLine', 'Ctrl+G'),
    atCursor('fold-all', 'Fold everything', 'foldAll'),
    atCursor('unfold-all', 'Unfold everything', 'unfoldAll'),
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
