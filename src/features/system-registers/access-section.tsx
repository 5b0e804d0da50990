// Who takes an access to a register: what would happen now from each level and why, then every rule in the order in which rules are asked.

import { hexDigits } from '#base';
import type { AccessView, Level } from '#client';
import { Chip, Icon, type World } from '#ui';

const LETTER: Record<Level, World> = { EL0: '0', EL1: '1', EL2: '2' };

/** `none`: the access does not exist, so that there is nothing to take. */
export function AccessSection({ access, title, none }: { access: AccessView; title: string; none: boolean }) {
  return (
    <section className="sysreg-access" aria-label={title}>
      <h4>{title}</h4>
      <ul className="sysreg-now" aria-label="What would happen now">
        {access.now.map((now) => (
          <li key={now.from} className={`sysreg-${now.outcome}`}>
            <Chip world={LETTER[now.from]} label={`from ${now.from}`} />
            <Icon name={now.outcome === 'done' ? 'ok' : now.outcome === 'trapped' ? 'to' : 'no'} size={12} />
            <span className="sysreg-sentence">{now.sentence}</span>
            <span className="sysreg-why">
              {now.why.slice(0, 1).map((fact) => (
                <span key={fact.rule}>
                  {fact.register !== '' && (
                    <code>
                      {fact.register}
                      {fact.field && `.${fact.field}`} = {fact.value.replace(/^0x(\d)$/, '$1')}
                    </code>
                  )}{' '}
                  {fact.register === '' && fact.doc}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {!none && access.rules.length > 0 && (
        <details>
          <summary>
            {access.rules.length} {access.rules.length === 1 ? 'rule' : 'rules'}, asked in this order
          </summary>
          <ol className="sysreg-rules">
            {access.rules.map((rule) => (
              <li
                key={`${rule.id} ${rule.from}`}
                className={rule.decides ? 'sysreg-decides' : rule.possible ? undefined : 'sysreg-never'}
              >
                <Chip world={LETTER[rule.from]} label={`from ${rule.from}`} />
                <Icon name="to" size={12} />
                {rule.to === 'UNDEFINED' ? <b>UNDEF</b> : <Chip world={LETTER[rule.to]} label={`to ${rule.to}`} />}
                <span className="sysreg-ec" title={rule.ecName}>
                  {rule.ec === 0 ? '' : hexDigits(rule.ec, 2)}
                </span>
                <code>{rule.condition}</code>
                <span className="sysreg-rule-note">
                  {rule.decides ? 'decides now' : rule.possible ? '' : 'no such control here'}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
      {!none && access.rules.length === 0 && <p className="sub">No control takes it.</p>}
    </section>
  );
}
