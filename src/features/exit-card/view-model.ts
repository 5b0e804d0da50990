// What the exit card draws, worked out of an ExitDetail: lanes and stops of the route, bit field items, the texts of the answer box.
// Nothing here decides anything about the machine; every fact is in the detail already.

import { hex } from '#base';
import type { Ask, ExitDetail, SyndromeFieldView, World } from '#client';
import type { Answer } from '#project';
import type { BitFieldItem, Lane, World as Letter, RouteStop } from '#ui';

const LETTER: Record<World, Letter> = { EL0: '0', EL1: '1', EL2: '2', VMM: 'V' };
const LANE_NAME: Record<World, string> = { EL0: 'guest', EL1: 'guest', EL2: 'KVM', VMM: 'VMM' };
const LANE_ORDER: readonly World[] = ['EL0', 'EL1', 'EL2', 'VMM'];

/** The letter of a world. */
export function letter(world: World): Letter {
  return LETTER[world];
}

/** The lanes that a route touches: the guest's own level, EL2 and, always in its place, the VMM. */
export function lanesOf(detail: ExitDetail): { lanes: readonly Lane[]; stops: readonly RouteStop[]; waiting: number } {
  const used = LANE_ORDER.filter(
    (world) => world === 'EL2' || world === 'VMM' || detail.route.some((step) => step.world === world),
  );
  const stops = detail.route.map((step) => ({
    lane: used.indexOf(step.world),
    word: step.label,
    done: step.done,
    meaning: step.doc,
  }));
  const lastDone = detail.route.findLastIndex((step) => step.done);
  return {
    lanes: used.map((world) => ({ world: LETTER[world], name: LANE_NAME[world] })),
    stops,
    waiting: detail.row.waiting && detail.route[lastDone]?.world === 'VMM' ? lastDone : -1,
  };
}

/** The fields of the syndrome as the bit field takes them; ISS2 and the reserved top stand above bit 31 already numbered so. */
export function bitItems(fields: readonly SyndromeFieldView[]): readonly BitFieldItem[] {
  return fields.map((field) => ({
    name: field.name,
    msb: field.msb,
    lsb: field.lsb,
    group: field.group === 0 ? 'res' : field.group,
    meaning: field.meaning,
  }));
}

/** The fields worth words below the drawing: those that are set, and those whose 0 says something too. */
export function spokenFields(fields: readonly SyndromeFieldView[]): readonly SyndromeFieldView[] {
  const always = new Set(['EC', 'ISV', 'SAS', 'SRT', 'WnR', 'DFSC', 'IFSC']);
  return fields.filter(
    (field) => field.group !== 0 && field.meaning !== '' && field.name !== 'IL' && (field.value !== 0n || always.has(field.name)),
  );
}

/** One of the buttons under the answer. */
export interface OtherAnswer {
  readonly word: string;
  readonly hint: string;
  readonly answer: Answer;
}

/** The answers beside a typed value that this question permits, in a fixed order. */
export function otherAnswers(ask: Ask): readonly OtherAnswer[] {
  const out: OtherAnswer[] = [];
  const may = (what: Answer['do']) => ask.permitted.includes(what);
  if (may('raz-wi')) {
    out.push(
      ask.access === 'read'
        ? { word: 'Zero', hint: 'Read as zero', answer: { do: 'raz-wi' } }
        : { word: 'Ignore', hint: 'The write has no effect', answer: { do: 'raz-wi' } },
    );
  }
  if (may('storage'))
    out.push({ word: 'Storage', hint: 'Behave as memory: reads give what was last written', answer: { do: 'storage' } });
  if (may('value') && ask.access === 'read' && ask.last !== undefined) {
    out.push({
      word: `Last: ${hex(ask.last)}`,
      hint: 'The value answered last time',
      answer: { do: 'value', value: hex(ask.last) },
    });
  }
  if (may('decode'))
    out.push({ word: 'Decode', hint: 'Read the instruction from guest memory and emulate it', answer: { do: 'decode' } });
  if (may('skip')) out.push({ word: 'Skip', hint: 'Go on behind the instruction without doing it', answer: { do: 'skip' } });
  if (may('abort'))
    out.push({ word: 'External abort', hint: 'The guest takes a synchronous external abort', answer: { do: 'abort' } });
  if (may('undef')) out.push({ word: 'Refuse', hint: 'Not handled: the guest takes UNDEFINED', answer: { do: 'undef' } });
  return out;
}

/** The answer that Enter sends for a question which asks for no number. */
export function plainAnswer(ask: Ask): Answer | undefined {
  if (ask.access === 'write' && ask.permitted.includes('value')) return { do: 'value', value: '0x0' };
  return undefined;
}
