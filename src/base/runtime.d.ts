// The parts of the runtime, beyond ECMAScript itself, that the core may use: present in browsers, workers and Node alike. The core is
// compiled without any environment's types, so whatever is not declared here (document, process, setTimeout, console…) is an error there.
// Shapes follow the WebAssembly JavaScript Interface and the Encoding Standard, cut to what is in use.

declare namespace WebAssembly {
  /** Linear memory in pages of 64 KiB; `buffer` is replaced when it grows. */
  class Memory {
    constructor(descriptor: { readonly initial: number; readonly maximum?: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }

  /** Compiled code; throws CompileError for bytes that are not a valid module. */
  class Module {
    constructor(bytes: Uint8Array<ArrayBuffer>);
  }

  class Instance {
    constructor(
      module: Module,
      imports: Readonly<Record<string, Readonly<Record<string, Memory | ((...values: never[]) => unknown)>>>>,
    );
    readonly exports: Readonly<Record<string, unknown>>;
  }
}

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: 'utf-8' | 'latin1', options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}
