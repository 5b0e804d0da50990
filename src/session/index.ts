// The machine as the page sees it, and the editor's language service.
export { createLanguage, type LanguageHost } from './language.ts';
export { createSession, type SessionHost } from './session.ts';
