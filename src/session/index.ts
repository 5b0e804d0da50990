// The machine as the page sees it.
export { createSession, type SessionHost } from './session.ts';
