import { Component, computed, inject, input } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';

/** Why a command was refused, as far as a person wants to know: a stable code and one English sentence. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fields?: readonly {
    readonly field: string;
    readonly rule?: string;
    readonly yours?: unknown;
    readonly theirs?: unknown;
  }[];
  /** The id of the command, where it failed unexpectedly. */
  readonly command?: string;
}

/** Characters of an id that a person can quote, and that the server's log is searched for. */
const QUOTED = 8;

/** A refusal in the language of the page; with an unknown code (a newer server) in the server's own words. */
export function refusalText(transloco: TranslocoService, refusal: Refusal): string {
  if (refusal.code === 'INVALID' && refusal.fields?.length) {
    const fields = refusal.fields.map(({ field }) => translated(transloco, `product.${field}`) ?? field).join(', ');
    return transloco.translate('refused.INVALID_FIELDS', { fields });
  }
  const stock = shortStock(refusal);
  if (stock !== undefined) return transloco.translate('unsent.left', { stock });
  if (refusal.fields?.some(({ rule }) => rule === 'hasRoom')) return transloco.translate('refused.NO_ROOM');
  if (refusal.command)
    return transloco.translate('refused.INTERNAL_COMMAND', { command: refusal.command.slice(0, QUOTED) });
  return translated(transloco, `refused.${reasonOf(refusal)}`) ?? refusal.message;
}

/** The code, or which of the conflicts it is that have words of their own. */
function reasonOf(refusal: Refusal): string {
  if (isOtherHistory(refusal)) return 'OTHER_HISTORY';
  if (isTakenCode(refusal)) return 'CODE_TAKEN';
  return isAnswerLost(refusal) ? 'ANSWER_LOST' : refusal.code;
}

/**
 * Whether it was about a record that the server's history does not have, because it was restored from an older copy: the same
 * number may be something else now, so it must not be sent again as it is.
 */
export function isOtherHistory({ code, fields = [] }: Refusal): boolean {
  return code === 'CONFLICT' && fields.some(({ field }) => field === 'refers');
}

/** Whether another product has the code that was typed. */
export function isTakenCode({ code, fields = [] }: Refusal): boolean {
  return code === 'CONFLICT' && fields.some(({ field, rule }) => field === 'code' && rule === 'isUnique');
}

/** Whether it was refused when it was sent, for a reason that got lost with the answer. */
function isAnswerLost({ code, fields = [] }: Refusal): boolean {
  return code === 'CONFLICT' && fields.some(({ field }) => field === 'precedes');
}

/** How many pieces are left, where that are too few. */
function shortStock({ code, fields = [] }: Refusal): unknown {
  return code === 'CONFLICT'
    ? fields.find(({ field, yours }) => field === 'stock' && Number(yours) < 0)?.theirs
    : undefined;
}

/** Whether nothing would change, as when another browser of the same member has done it: a conflict with nothing to decide. */
export function isSoAlready({ code, fields = [] }: Refusal): boolean {
  return code === 'CONFLICT' && fields.length === 0;
}

function translated(transloco: TranslocoService, key: string): string | undefined {
  const known = key in transloco.getTranslation(transloco.getActiveLang());
  return known ? transloco.translate(key) : undefined;
}

/** A refusal beside what was refused. */
@Component({
  selector: 'app-refusal',
  template: `<p role="alert">{{ text() }}</p>`,
  styles: `
    p {
      margin: 0;
      padding: var(--space-2) var(--space-3);
      border-radius: var(--radius-small);
      background: var(--danger-surface);
      color: var(--danger-text);
      overflow-wrap: anywhere;
    }
  `,
})
export class RefusalNote {
  readonly refusal = input.required<Refusal>();

  private readonly transloco = inject(TranslocoService);
  protected readonly text = computed(() => {
    this.transloco.activeLang();
    return refusalText(this.transloco, this.refusal());
  });
}
