// What the person set for the code view, where the cursor stands, and how to reach
// the editor: small facts that the view, its head and its commands share.
import { createCell } from '#ui';

const flag = (data: unknown) => (typeof data === 'boolean' ? data : undefined);

/** Address and machine code beside the line numbers. */
export const showMachineCode = createCell(true, { key: 'code.machine-code', parse: flag });

/** Exit badges at the right margin. */
export const showBadges = createCell(true, { key: 'code.badges', parse: flag });

/** The cursor's line, from 1. */
export const cursor = createCell(1);

/** Runs one of the code editor's own actions at its cursor, while there is an editor. */
export const act = createCell<((action: string) => void) | undefined>(undefined);
