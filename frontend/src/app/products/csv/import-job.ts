import { LIMITS, type ProductFields, type Refused } from 'backend/contract';
import type { Command } from '../../realtime/command';
import { newCommandId } from '../../realtime/command-id';
import { aboutProduct } from '../about-product';
import { changedFields } from '../product-edit';
import type { PreviewLine } from './import-preview';
import type { LineProblem } from './line-rules';

/** Lines that wait for the server together: what the outbox holds of an import, and what is written after it. */
const PORTION = 50;

/** What the server said: the number of the record, or why not. */
export type Outcome = { readonly n: number } | { readonly refused: Refused };

/** One command of a line, what takes it back, and how far both have come. */
export interface ImportCommand {
  readonly command: Command;
  /** The id of the command that takes it back, made with it: however often either is sent, it is done once. */
  readonly undoId: string;
  /** What a changed product had before. */
  readonly before?: Partial<ProductFields>;
  outcome?: Outcome;
  undone?: Outcome;
}

/** A line that is sent: one command, or two where fields and pieces change. */
export interface ImportLine {
  readonly line: number;
  readonly kind: 'added' | 'changed';
  readonly title: string;
  readonly code: string;
  readonly cells: readonly string[];
  readonly commands: readonly ImportCommand[];
}

/** A line that nothing was done with, and why: by what the page knew, or by what the server said. */
export interface RefusedLine {
  readonly line: number;
  readonly title: string;
  readonly cells: readonly string[];
  readonly problems?: readonly LineProblem[];
  readonly refused?: Refused;
}

/** Whether lines are being sent, or taken back. */
export type Direction = 'in' | 'back';

/** A file that a member has confirmed. What it does was decided then, and every command has its id: the rest is sending. */
export interface ImportJob {
  /** A UUID. */
  readonly id: string;
  /** The member who confirmed it: it is sent in no other name. */
  readonly by: string;
  /** The name of the file. */
  readonly file: string;
  readonly header: readonly string[];
  /** What the page refused. */
  readonly refused: readonly RefusedLine[];
  /** How many lines were as they are already. */
  readonly same: number;
  readonly direction: Direction;
  readonly state: 'running' | 'stopped' | 'done';
}

/** The lines of a job, in the portions in which they are sent and stored. */
export type Portions = readonly (readonly ImportLine[])[];

/** What is sent for these lines. */
export function portionsOf(lines: readonly PreviewLine[], note: string): Portions {
  const sent = lines.flatMap((line) => lineOf(line, note) ?? []);
  return Array.from({ length: Math.ceil(sent.length / PORTION) }, (_, place) =>
    sent.slice(place * PORTION, (place + 1) * PORTION),
  );
}

function lineOf({ line, kind, title, code, cells, ...said }: PreviewLine, note: string): ImportLine | undefined {
  if (kind !== 'added' && kind !== 'changed') return undefined;
  const commands: ImportCommand[] = [];
  const { draft, product, fields = {}, delta = 0 } = said;
  const add = (command: Command, before?: Partial<ProductFields>): void => {
    commands.push({ command, undoId: newCommandId(), ...(before && { before }) });
  };
  if (!product && draft) add({ name: 'product:add', payload: { ...draft, id: newCommandId() } });
  if (product && Object.keys(fields).length > 0) {
    const payload = { ...aboutProduct(product, newCommandId()), base: product.n, fields };
    add({ name: 'product:change', payload }, changedFields({ ...product, ...fields }, product));
  }
  if (product && delta !== 0)
    add({
      name: 'stock:move',
      payload: { ...aboutProduct(product, newCommandId()), delta, note: note.slice(0, LIMITS.note) },
    });
  return { line, kind, title, code, cells, commands };
}

/**
 * The command that takes one back, from the record that it made: refused like any other when somebody has changed the same
 * since. Undefined where nothing was done.
 */
export function undoOf({ command: { name, payload }, undoId, before, outcome }: ImportCommand): Command | undefined {
  if (!outcome || 'refused' in outcome) return undefined;
  const { n } = outcome;
  const done = { n, command: payload.id };
  if (name === 'product:add') {
    return { name: 'product:remove', payload: { ...aboutProduct({ ...done, id: n }, undoId), base: n } };
  }
  if (name === 'product:change' && before) {
    return { name, payload: { ...aboutProduct({ ...done, id: payload.product }, undoId), base: n, fields: before } };
  }
  if (name !== 'stock:move') return undefined;
  return {
    name,
    payload: { ...payload, ...aboutProduct({ ...done, id: payload.product }, undoId), delta: -payload.delta },
  };
}

/** Whether there is nothing left to do with a command in that direction: it is done, or refused. */
export function isDone(command: ImportCommand, direction: Direction): boolean {
  const answer = direction === 'in' ? command.outcome : command.undone;
  return answer !== undefined || (direction === 'back' && undoOf(command) === undefined);
}
