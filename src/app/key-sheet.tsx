// The sheet of keys: every command that has one, by family, and the keys that work inside views.
import { Dialog, useCell } from '#ui';
import { chordText } from './chord.ts';
import { commands, dialog } from './commands.ts';
import { isMac } from './key-bindings.ts';
import './key-sheet.css';

const insideViews: readonly { readonly title: string; readonly keys: readonly string[] }[] = [
  { title: 'Send the answer', keys: ['Enter'] },
  { title: 'Move in tables, tabs and bit fields', keys: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] },
  { title: 'Flip a bit', keys: [' '] },
  { title: 'In the editor: let Tab move on instead of indenting', keys: [isMac ? 'Ctrl+Shift+M' : 'Ctrl+M'] },
];

/** The sheet's dialog; opened by `?`. */
export function KeySheet() {
  const open = useCell(dialog) === 'keys';
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Dialog open={open} onClose={() => dialog.get() === 'keys' && dialog.set(undefined)} title="Keys" className="key-sheet">
      <div className="key-sheet-body">
        {groups.map((group) => (
          <KeyList key={group} heading={group} rows={commands.filter((command) => command.group === group && command.keys)} />
        ))}
        <KeyList heading="Inside views" rows={insideViews} />
      </div>
      <p className="key-sheet-note">
        Where the browser keeps F10 and F11 for itself, hold {isMac ? 'Option' : 'Alt'}. Everything else is in the command
        palette.
      </p>
    </Dialog>
  );
}

function KeyList({
  heading,
  rows,
}: {
  heading: string;
  rows: readonly { readonly title: string; readonly keys?: readonly string[] }[];
}) {
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className="label">{heading}</h3>
      <dl>
        {rows.map((row) => (
          <div key={row.title}>
            <dt>{row.title}</dt>
            <dd>
              {row.keys?.map((keys) => (
                <kbd key={keys}>{chordText(keys, isMac)}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
