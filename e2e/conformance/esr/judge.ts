// The syndrome decoder against the layouts of the Arm ARM (vectors cross-checked with other decoders). Fields other than RES0 must have the
// expected names, positions and values, every bit must be covered, and there must be a warning exactly where one is due. Texts are not compared.
import { complaint, type Outcome, type Run, rows } from '../outcome.ts';

type Vector = {
  readonly esr: string;
  /** The exception level of the register, 1 to 3. */
  readonly el: number;
  readonly group: string;
  readonly ec: number;
  readonly il: number;
  /** The class is reserved: only that and the warning are compared. */
  readonly reservedEc?: true;
  /** `NAME[msb:lsb]=0x…` in msb order, without RES0. */
  readonly fields?: readonly string[];
  readonly iss2Fields?: readonly string[];
  readonly warnings?: readonly string[];
};

type Field = { readonly name: string; readonly msb: number; readonly lsb: number; readonly value: string | number };

type Decoded = {
  readonly ec?: { readonly value: number };
  readonly il?: number;
  readonly iss?: { readonly fields?: readonly Field[] };
  readonly iss2?: { readonly fields?: readonly Field[] };
  readonly warnings?: readonly string[];
};

/** Vectors handed to one run of the command. */
const AT_ONCE = 200;

export function esr(run: Run): readonly Outcome[] {
  const vectors = rows<Vector>('esr/vectors.jsonl');
  return [1, 2, 3].flatMap((el) => {
    const group = vectors.filter((vector) => vector.el === el);
    return Array.from({ length: Math.ceil(group.length / AT_ONCE) }, (_, part) =>
      group.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
    ).flatMap((part) => {
      const result = run(['esr', '--json', '--el', `${el}`, ...part.map((vector) => vector.esr)]);
      let answers: readonly Decoded[] = [];
      let silence = 'no answer';
      try {
        answers = JSON.parse(result.stdout) as readonly Decoded[];
      } catch {
        silence = complaint(result);
      }
      return part.map((vector, at) => {
        const got = answers[at];
        const wrong = got === undefined ? [silence] : differences(vector, got);
        const id = `${vector.esr}@EL${el}`;
        return { group: vector.group, id, ...(wrong.length === 0 ? {} : { failure: `${id}: ${wrong.join('; ')}` }) };
      });
    });
  });
}

function differences(want: Vector, got: Decoded): readonly string[] {
  const wrong: string[] = [];
  if (Number(got.ec?.value) !== want.ec) wrong.push(`EC ${got.ec?.value}, want ${want.ec}`);
  const warnings = got.warnings ?? [];
  if (want.reservedEc === true) {
    if (warnings.length === 0) wrong.push('a reserved class without a warning');
    return wrong;
  }
  if (Number(got.il) !== want.il) wrong.push(`IL ${got.il}, want ${want.il}`);
  const fields = got.iss?.fields ?? [];
  const covered = fields.reduce((bits, { msb, lsb }) => bits + msb - lsb + 1, 0);
  if (covered !== 25) wrong.push(`ISS fields cover ${covered} bits of 25`);
  wrong.push(
    ...fieldDifference('ISS', want.fields ?? [], fields),
    ...fieldDifference('ISS2', want.iss2Fields ?? [], got.iss2?.fields ?? []),
  );
  if (warnings.length > 0 !== (want.warnings ?? []).length > 0)
    wrong.push(`warnings ${JSON.stringify(warnings)}, want ${JSON.stringify(want.warnings)}`);
  return wrong;
}

function fieldDifference(name: string, want: readonly string[], fields: readonly Field[]): readonly string[] {
  const got = fields
    .filter((field) => field.name !== 'RES0')
    .map((field) => `${field.name}[${field.msb}:${field.lsb}]=0x${BigInt(field.value).toString(16)}`);
  return got.join(' ') === want.join(' ') ? [] : [`${name} ${got.join(' ')}, want ${want.join(' ')}`];
}
