// How GNU-as text for A64 is coloured, or rather weighted: which pieces are mnemonics, labels, directives, registers, numbers,
// strings and comments. A Monarch grammar (data); it knows no single instruction, so it never disagrees with the assembler about
// what exists.
import type { languages } from 'monaco-editor/editor';

/** The language's id. */
export const A64 = 'a64';

/** Comment signs, brackets and words, for editing commands. */
export const a64Configuration: languages.LanguageConfiguration = {
  comments: { lineComment: '//', blockComment: ['/*', '*/'] },
  brackets: [
    ['[', ']'],
    ['(', ')'],
    ['{', '}'],
  ],
  autoClosingPairs: [
    { open: '[', close: ']' },
    { open: '(', close: ')' },
    { open: '{', close: '}' },
    { open: '"', close: '"', notIn: ['string', 'comment'] },
  ],
  wordPattern: /[.$\w]+/,
};

const SYMBOL = '[A-Za-z_.$][\\w.$]*';

/** The grammar. A statement begins at a line's start, after a label, and after `;`; the rest of it is operands. */
export const a64Grammar: languages.IMonarchLanguage = {
  defaultToken: '',
  ignoreCase: true,
  brackets: [
    { open: '[', close: ']', token: 'delimiter' },
    { open: '(', close: ')', token: 'delimiter' },
    { open: '{', close: '}', token: 'delimiter' },
  ],
  tokenizer: {
    root: [
      // In the first column of a line gas takes `#` for a comment.
      [/^\s*#.*$/, 'comment'],
      { include: '@blank' },
      [new RegExp(`(?:${SYMBOL}|\\d+)(?=\\s*:)`), 'label'],
      [/:/, 'delimiter'],
      [new RegExp(`(${SYMBOL})(\\s*)(=)(?!=)`), ['label', '', { token: 'delimiter', next: '@operands' }]],
      [/\.[a-z_][\w.]*/, { token: 'directive', next: '@operands' }],
      [/[a-z_][\w.]*/, { token: 'mnemonic', next: '@operands' }],
      [/\\[\w@()]+/, { token: 'mnemonic', next: '@operands' }],
      [/;/, 'delimiter'],
      [/\S/, { token: '', next: '@operands' }],
    ],
    operands: [
      // A statement ends with its line: what is left of the state goes back to the start of one.
      [/^(?=.)/, { token: '@rematch', next: '@pop' }],
      { include: '@blank' },
      [/;/, { token: 'delimiter', next: '@pop' }],
      [/"/, { token: 'string', next: '@string' }],
      [/'(?:\\.|[^\\'])'?/, 'number'],
      [/#?-?0x[0-9a-f_]+/, 'number'],
      [/#?-?0b[01_]+/, 'number'],
      [/#-?\d*\.\d+(?:e[-+]?\d+)?/, 'number'],
      [/\d+[bf]\b/, 'label.use'],
      [/#?-?\d+\b/, 'number'],
      [/\b(?:[wx](?:[12]?\d|30|zr)|w?sp|lr|fp|[vbhsdqz](?:[12]?\d|3[01])(?:\.\d*[bhsdq])?|p(?:1[0-5]|\d))\b/, 'register'],
      [/:[a-z0-9_]+:/, 'modifier'],
      [/\\[\w@]+/, 'argument'],
      [new RegExp(SYMBOL), 'symbol'],
      [/[[\](){}]/, '@brackets'],
      [/[,!=+\-*/%<>&|^~#:@]/, 'delimiter'],
    ],
    blank: [
      [/[ \t]+/, ''],
      [/\/\/.*$/, 'comment'],
      [/\/\*/, { token: 'comment', next: '@comment' }],
    ],
    comment: [
      [/[^*]+/, 'comment'],
      [/\*\//, { token: 'comment', next: '@pop' }],
      [/\*/, 'comment'],
    ],
    string: [
      [/[^\\"]+/, 'string'],
      [/\\./, 'string.escape'],
      [/"/, { token: 'string', next: '@pop' }],
      [/\\$/, { token: 'string', next: '@pop' }],
    ],
  },
};
