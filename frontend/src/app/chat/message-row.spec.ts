import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Message } from 'backend/contract';
import { Screen, fakePage, textOf } from '../testing/page';
import { NOON } from '../testing/records';
import { MessageRow } from './message-row';

beforeEach(() => {
  fakePage();
});

/** A message of Bea's as somebody sees it, Ana unless the spec says otherwise. */
async function row(details: Partial<Message> = {}, member: string | null = 'ana@acme.com'): Promise<Screen> {
  const fixture = TestBed.createComponent(MessageRow);
  fixture.componentRef.setInput('message', { n: 1, at: NOON, by: 'bea@acme.com', text: 'hola', ...details });
  fixture.componentRef.setInput('member', member);
  const screen = new Screen(fixture);
  await screen.settled();
  await screen.over(screen.root);
  return screen;
}

const labels = (screen: Screen) => screen.buttons().map((button) => button.getAttribute('aria-label'));
const PIN = 'Fijar el mensaje de bea@acme.com arriba';
const QUOTE = 'Citar el mensaje de bea@acme.com';

describe('saying to have understood', () => {
  const LABEL = 'Enterado: mensaje de bea@acme.com';

  it('is offered in words that say whose message it is', async () => {
    const screen = await row();
    expect(labels(screen)).toEqual([LABEL, QUOTE, PIN]);
    expect(textOf(screen.button(LABEL))).toBe('Enterado');
  });

  it('is offered when only others have said it', async () => {
    expect(labels(await row({ agreed: ['carla@acme.com'] }))).toEqual([LABEL, QUOTE, PIN]);
  });

  it.each<[string, Partial<Message>, string | null]>([
    ['to who has said it', { agreed: ['carla@acme.com', 'ana@acme.com'] }, 'ana@acme.com'],
    ['to its author', {}, 'bea@acme.com'],
    ['to a visitor', {}, null],
    ['for a deleted message', { text: '', deletedAt: NOON }, 'ana@acme.com'],
  ])('is not offered %s', async (_, details, member) => {
    expect(labels(await row(details, member))).not.toContain(LABEL);
  });
});

describe('a finger that rests on a message', () => {
  it('gets what can be done with it', async () => {
    const screen = await row();
    document.body.append(screen.root);
    screen.root.dispatchEvent(new Event('pointerleave'));
    await screen.settled();
    expect(screen.buttons()).toEqual([]);
    screen.root.dispatchEvent(Object.assign(new Event('pointerdown'), { pointerType: 'touch' }));
    screen.root.dispatchEvent(new Event('contextmenu'));
    await screen.settled();
    expect(labels(screen)).toContain(PIN);
    screen.root.remove();
  });
});

describe('who has understood', () => {
  it('is counted in a small mark that names them, outside the line', async () => {
    const screen = await row({ agreed: ['carla@acme.com', 'ana@acme.com'] });
    const mark = screen.byTestId('message-agreed')!;
    expect(textOf(mark)).toBe('✓ 2');
    expect(mark.getAttribute('role')).toBe('img');
    expect(mark.getAttribute('aria-label')).toBe('Enterados: carla@acme.com, ana@acme.com');
    expect(screen.byTestId('message')!.contains(mark)).toBe(false);
  });

  it.each<[string, Partial<Message>]>([
    ['nobody has', {}],
    ['it is deleted', { text: '', deletedAt: NOON, agreed: ['ana@acme.com'] }],
  ])('is not shown when %s', async (_, details) => {
    expect((await row(details)).byTestId('message-agreed')).toBeNull();
  });
});

it('takes a key that follows the focus at once, before its buttons are drawn', async () => {
  const screen = await row();
  screen.root.dispatchEvent(new Event('pointerleave'));
  await screen.settled();
  document.body.append(screen.root);
  screen.root.focus();
  screen.root.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Enterado: mensaje de bea@acme.com');
  screen.root.remove();
});
