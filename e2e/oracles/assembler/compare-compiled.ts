// What GCC makes of C without floating point, assembled here and by GNU as: the same bytes.
import { spawnSync } from 'node:child_process';
import { program } from '../../setup/programs.ts';
import { type Random, random } from '../fuzz/random.ts';
import { differenceOf } from './compare-programs.ts';
import type { Outcome } from './outcome.ts';

const LEVELS = ['-O0', '-O1', '-O2', '-O3', '-Os', '-Og'];
const MARCHES = ['armv8-a', 'armv8.1-a', 'armv8.2-a', 'armv8.3-a', 'armv8.4-a', 'armv8.5-a+memtag', 'armv8.6-a', 'armv9-a+nosve'];
const OTHERS = [
  '',
  '-mbranch-protection=standard',
  '-fno-omit-frame-pointer',
  '-mstrict-align',
  '-mcmodel=tiny',
  '-mcmodel=large',
  '-g',
  '-ffunction-sections',
  '-fno-section-anchors',
  '-mno-outline-atomics',
];

const TYPES = ['char', 'signed char', 'short', 'unsigned short', 'int', 'unsigned', 'long', 'unsigned long', '__int128'];

/** A C file of functions over integers, arrays, structures, strings, switches and atomics. */
function sourceOf(numbers: Random): string {
  const type = (): string => numbers.pick(TYPES);
  const value = (depth: number): string => {
    if (depth === 0)
      return numbers.pick([
        'a',
        'b',
        'c',
        'i',
        'table[i & 7]',
        's->x',
        's->y',
        `${numbers.below(70_000)}`,
        `${numbers.range(-9, 9)}`,
        `0x${numbers.bits64().toString(16)}UL`,
      ]);
    const [x, y] = [value(depth - 1), value(depth - 1)];
    return numbers.pick([
      `(${x} + ${y})`,
      `(${x} - ${y})`,
      `(${x} * ${y})`,
      `(${x} & ${y})`,
      `(${x} ^ ${y})`,
      `(${x} | ~${y})`,
      `((long)${x} >> (${y} & 31))`,
      `((unsigned long)${x} / ((${y}) | 1))`,
      `((int)${x} % 10)`,
      `(${x} < ${y})`,
      `(${x} == ${y} ? ${y} : 3)`,
      `(${type()})${x}`,
      `__builtin_popcountl(${x})`,
      `__builtin_clzl((${x}) | 1)`,
      `__builtin_bswap32(${x})`,
      `__builtin_rotateleft(${x})`.replace(/__builtin_rotateleft\((.*)\)$/s, '(((unsigned)$1 << 5) | ((unsigned)$1 >> 27))'),
    ]);
  };
  const statement = (): string =>
    numbers.pick([
      () => `a += ${value(2)};`,
      () => `b ^= ${value(2)};`,
      () => `for (i = 0; i < ${numbers.range(2, 40)}; i++) { c += ${value(1)}; table[i & 7] = c; }`,
      () =>
        `switch (a & 15) { ${Array.from({ length: numbers.range(3, 14) }, (_, n) => `case ${n}: b = ${value(1)}; break;`).join(' ')} default: c--; }`,
      () => `if (${value(1)}) { b = ${value(2)}; } else { print(texts[a & 1], b); }`,
      () =>
        `__atomic_fetch_${numbers.pick(['add', 'or', 'xor', 'and'])}(&shared, ${value(1)}, __ATOMIC_${numbers.pick(['RELAXED', 'ACQ_REL', 'SEQ_CST'])});`,
      () => `c = __atomic_load_n(&shared, __ATOMIC_ACQUIRE); __atomic_store_n(&shared, b, __ATOMIC_RELEASE);`,
      () => `{ long want = b; __atomic_compare_exchange_n(&shared, &want, c, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED); }`,
      () => `__builtin_memcpy(s, table, ${numbers.range(1, 60)});`,
      () => `s->bits = ${value(1)}; s->few = ${value(1)};`,
      () => `asm volatile("msr daifset, #2\\n\\tisb" ::: "memory"); asm volatile("mrs %0, CNTVCT_EL0" : "=r"(c));`,
      () => `b = next(${value(1)}, s);`,
      () => `print("x\\t\\"%d\\"\\n\\001é", b);`,
      () => `__builtin_prefetch(&table[a & 7]);`,
    ])();
  const functions = Array.from(
    { length: numbers.range(1, 4) },
    (
      _,
      n,
    ) => `${numbers.pick(['', 'static __attribute__((noinline, used)) '])}${type()} f${n}(${type()} a, ${type()} b, struct s *s)
{ long c = 0; int i = 0; ${Array.from({ length: numbers.range(1, 6) }, statement).join('\n  ')} return a + b + c + i; }`,
  );
  return `struct s { long x; short y; unsigned bits : 5; unsigned long few : 37; char tail[23]; };
int print(const char *, long); 
__attribute__((noinline)) int print(const char *t, long n) { return t[n & 3]; }
long next(long, struct s *);
__attribute__((weak)) long next(long v, struct s *s) { return v + s->x; }
static const char *const texts[] = { "one", "two, \\"quoted\\"" };
static long shared; long exported = 5; int table[8] = { 1, -2, 3 }; const unsigned char bytes[] = { 1, 2, 255 };
static struct s kept = { 1, 2, 3, 4, "abc" }; struct s *pointer = &kept; static char room[100]; int (*const called)(const char *, long) = print;
char *where(int i) { return &room[i]; }
${functions.join('\n')}
`;
}

export function compareCompiled(seed: number, count: number): Outcome {
  const differences: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const numbers = random(seed, n);
    const options = [numbers.pick(LEVELS), `-march=${numbers.pick(MARCHES)}`, numbers.pick(OTHERS)].filter(
      (option) => option !== '',
    );
    const source = sourceOf(numbers);
    const { status, stdout, stderr } = spawnSync(
      program('aarch64-linux-gnu-gcc'),
      [
        '-S',
        '-w',
        '-ffreestanding',
        '-mgeneral-regs-only',
        '-fno-stack-protector',
        '-fno-pic',
        '-fno-asynchronous-unwind-tables',
        '-fno-unwind-tables',
        ...options,
        '-x',
        'c',
        '-o',
        '-',
        '-',
      ],
      { input: source, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`GCC: ${stderr.slice(0, 400)}`);
    // What the compiler calls from its own library is nothing.
    const text = `${stdout}\n .text\n${[...LIBRARY].map((name) => ` .weak ${name}\n`).join('')}`;
    const difference = differenceOf(text);
    if (difference !== undefined) differences.push(`file ${n} (${options.join(' ')}): ${difference}`);
  }
  return { compared: count, differences };
}

const LIBRARY = [
  'memcpy',
  'memset',
  'memmove',
  '__popcountdi2',
  '__divti3',
  '__modti3',
  '__udivti3',
  '__umodti3',
  '__multi3',
  ...['ldadd', 'ldset', 'ldeor', 'ldclr', 'cas', 'swp'].flatMap((op) =>
    ['relax', 'acq', 'rel', 'acq_rel'].flatMap((order) => ['1', '2', '4', '8'].map((size) => `__aarch64_${op}${size}_${order}`)),
  ),
];
