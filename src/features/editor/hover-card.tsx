// The hover over a piece of the program: an instruction with its 32 bits, what it does and what may trap it; a system register, a name, a
// directive, a macro, a number. Draws what the language worker said.
import type { ReactNode } from 'react';
import type { EncodingSpan, HoverView, TrapView } from '#client';
import { BitField, type BitFieldItem, Chip, decimal, groupBinary, groupHex, Hex, type World } from '#ui';
import './hover-card.css';

/** See the head of this file. */
export function HoverCard({ view }: { view: HoverView }) {
  switch (view.kind) {
    case 'instruction':
      return <Instruction view={view} />;
    case 'system-register':
      return <SystemRegister view={view} />;
    case 'symbol':
      return <SymbolCard view={view} />;
    case 'directive':
      return (
        <Card head={<b>{view.name}</b>} rest={view.syntax}>
          <p className="say">{view.doc}</p>
        </Card>
      );
    case 'macro':
      return (
        <Card head={<b>{view.name}</b>} rest={view.formals.join(', ')} aside="macro">
          <pre className="hover-lines">{view.body.join('\n')}</pre>
        </Card>
      );
    case 'register-name':
      return <Card head={<b>{view.name}</b>} rest={`is ${view.register}`} aside="named register" />;
    case 'number':
      return <NumberCard value={view.value} />;
  }
}

/** The head line all hovers have, and what stands below it. */
function Card({
  head,
  rest = '',
  aside,
  children,
}: {
  head: ReactNode;
  rest?: ReactNode;
  aside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="hover-card">
      <div className="hover-head">
        <span className="data hover-what">
          {head} {rest}
        </span>
        {aside !== undefined && <span className="hover-aside">{aside}</span>}
      </div>
      {children}
    </div>
  );
}

function Instruction({ view }: { view: Extract<HoverView, { kind: 'instruction' }> }) {
  const { mnemonic, operands, address, word, spans, group, doc, feature, notModelled, operation, unpredictable, traps } = view;
  return (
    <Card
      head={<b>{mnemonic}</b>}
      rest={operands}
      aside={
        <span className="data">
          <span className="dim">{address.toString(16)}</span> {word.toString(16).padStart(8, '0')}
        </span>
      }
    >
      <BitField label={`Encoding of ${mnemonic}`} items={spans.map(bitItem)} value={BigInt(word)} width={32} values />
      <p className="say">
        {doc}{' '}
        <span className="dim">
          {group}
          {feature !== undefined && `, ${feature}`}
        </span>
      </p>
      {notModelled !== undefined && <p className="say hover-warn">Not executed here: {notModelled}</p>}
      <dl className="hover-facts">
        {operation.length > 0 && (
          <Fact name="Does">
            <pre className="hover-lines">{operation.join('\n')}</pre>
          </Fact>
        )}
        <Flags view={view} />
        {unpredictable.map((choice) => (
          <Fact key={choice.doc} name="Choice">
            <p className="say">
              <span className="hover-warn">CONSTRAINED UNPREDICTABLE</span>: {choice.choice}{' '}
              <span className="dim">{choice.source}</span>
            </p>
          </Fact>
        ))}
        <Traps traps={traps} />
      </dl>
    </Card>
  );
}

/** Bits that the instruction fixes are dashed, those it does not look at have no ground. */
function bitItem({ msb, lsb, name, kind }: EncodingSpan): BitFieldItem {
  switch (kind) {
    case 'fixed':
      return { name: '', msb, lsb, group: 'res', fixed: true };
    case 'should-be':
      return { name: '', msb, lsb, group: 'res', meaning: 'not looked at' };
    case 'repeat':
    case 'field':
      return { name, msb, lsb, group: 2 };
  }
}

function Flags({ view: { flagsRead, flagsWritten } }: { view: Extract<HoverView, { kind: 'instruction' }> }) {
  const uses = [flagsRead && `reads ${[...flagsRead].join(' ')}`, flagsWritten && `writes ${[...flagsWritten].join(' ')}`];
  const said = uses.filter((use) => use !== '');
  return said.length === 0 ? null : <Fact name="Flags">{said.join(', ')}</Fact>;
}

function SystemRegister({ view }: { view: Extract<HoverView, { kind: 'system-register' }> }) {
  const { name, encoding, doc, access, feature, fields, traps } = view;
  return (
    <Card head={<b>{name}</b>} rest={<span className="dim">{encoding}</span>} aside={ACCESS[access] ?? access}>
      <p className="say">
        {doc}. {feature !== undefined && <span className="dim">{feature}</span>}
      </p>
      <dl className="hover-facts">
        <Traps traps={traps} />
        {fields.length > 0 && (
          <Fact name="Fields">
            <ul className="hover-fields">
              {fields.map((field) => (
                <li key={`${field.name} ${field.lsb}`}>
                  <span className="dim">{field.msb === field.lsb ? field.msb : `${field.msb}:${field.lsb}`}</span>
                  {field.name}
                </li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
    </Card>
  );
}

const ACCESS: Readonly<Record<string, string>> = { rw: 'read and write', ro: 'read only', wo: 'write only' };

const WORLDS: Readonly<Record<TrapView['from' | 'to'], World | undefined>> = {
  EL0: '0',
  EL1: '1',
  EL2: '2',
  UNDEFINED: undefined,
};

function Level({ level }: { level: TrapView['from' | 'to'] }) {
  const world = WORLDS[level];
  return world === undefined ? <span>{level}</span> : <Chip world={world} label={level} />;
}

/** The rules, those of one exception class together, as it names them. */
function Traps({ traps }: { traps: readonly TrapView[] }) {
  if (traps.length === 0) return null;
  const classes = [...new Map(traps.map((trap) => [className(trap), trap])).keys()];
  return (
    <Fact name="Traps if">
      {classes.map((title) => (
        <div key={title} className="hover-class">
          <table className="hover-traps">
            <tbody>
              {traps
                .filter((trap) => className(trap) === title)
                .map(({ from, to, when }) => (
                  <tr key={`${from} ${to} ${when}`}>
                    <td className="hover-route">
                      <Level level={from} /> → <Level level={to} />
                    </td>
                    <td className="data hover-when">{when}</td>
                  </tr>
                ))}
            </tbody>
          </table>
          {title !== '' && <p className="dim">{title}</p>}
        </div>
      ))}
    </Fact>
  );
}

/** What an exception of this class is called; '' for none. */
function className({ to, ec, ecName }: TrapView): string {
  return to === 'UNDEFINED' ? '' : `EC ${ec.toString(16).padStart(2, '0')}, ${ecName}`;
}

function SymbolCard({ view: { name, what, value, section, line, uses } }: { view: Extract<HoverView, { kind: 'symbol' }> }) {
  const where = line === undefined ? 'Not defined' : `Defined on line ${line}`;
  const times = uses === 0 ? 'not used' : uses === 1 ? 'used once' : `used ${uses} times`;
  return (
    <Card
      head={<b>{name}</b>}
      rest={value !== undefined && <Hex value={value} bits={value > 0xffff_ffffn ? 64 : 32} />}
      aside={section === undefined ? what : `${what} in ${section}`}
    >
      <p className="say">
        {where}, {times}
      </p>
    </Card>
  );
}

function NumberCard({ value }: { value: bigint }) {
  const binary = value <= 0xffffn ? groupBinary(value, value <= 0xffn ? 8 : 16) : '';
  return (
    <Card head={<b>{groupHex(value)}</b>} rest={decimal(value)} aside="number">
      {binary !== '' && <p className="data">{binary}</p>}
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
