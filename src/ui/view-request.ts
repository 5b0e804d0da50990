// A view asks for another view to be shown, by name, without knowing it: "the editor, at line 38". Whoever arranges views brings
// it to the front; the view itself takes the place. The newest request stays, so that a view loaded because of it can read it.
import { createCell } from './cell.ts';

/** Which view, and which place in it (the view says what the number means). */
export interface ViewRequest {
  readonly view: string;
  readonly place?: number | undefined;
}

/** The newest request. */
export const viewRequest = createCell<ViewRequest | undefined>(undefined);

/** Brings a view to the front, at `place` if given. */
export function showView(view: string, place?: number): void {
  viewRequest.set({ view, place });
}
