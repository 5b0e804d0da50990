// What the person set for the code view, and where the cursor stands: small facts that the view, its head and its commands share.
import { createCell } from '#ui';

const flag = (data: unknown) => (typeof data === 'boolean' ? data : undefined);

/** Address and machine code beside the line numbers. */
export const showMachineCode = createCell(true, { key: 'code.machine-code', parse: flag });

/** Exit badges at the right margin. */
export const showBadges = createCell(true, { key: 'code.badges', parse: flag });

/** The cursor's line, from 1. */
export const cursor = createCell(1);
