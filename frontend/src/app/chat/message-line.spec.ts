import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FakeSocket } from '../testing/fake-socket';
import { fakePage } from '../testing/page';
import { MessageLine } from './message-line';

let socket: FakeSocket;
beforeEach(() => {
  socket = fakePage();
});

const instant = (...parts: [number, number, number, number, number, number]) => new Date(...parts).toISOString();

async function line(by: string, at: string, text: string): Promise<HTMLElement> {
  const fixture = TestBed.createComponent(MessageLine);
  fixture.componentRef.setInput('by', by);
  fixture.componentRef.setInput('at', at);
  fixture.componentRef.setInput('text', text);
  await fixture.whenStable();
  return (fixture.nativeElement as HTMLElement).querySelector<HTMLElement>('[data-testid="message"]')!;
}

describe('a message', () => {
  it('reads exactly as row B5 says', async () => {
    const shown = await line('ana@acme.com', instant(2026, 10, 21, 14, 5, 9), 'hola');
    expect(shown.textContent).toBe('ana@acme.com [21/11/2026 14:05:09] : hola');
  });

  it('has the name of its author beside it, not in it', async () => {
    const shown = await line('ana@acme.com', instant(2026, 10, 21, 14, 5, 9), 'hola');
    expect(shown.querySelector('b')?.getAttribute('title')).toBeNull();

    await socket.join({ members: [{ email: 'ana@acme.com', name: 'Ana María' }] });
    const named = await line('ana@acme.com', instant(2026, 10, 21, 14, 5, 9), 'hola');

    expect(named.querySelector('b')?.getAttribute('title')).toBe('Ana María');
    expect(named.textContent).toBe('ana@acme.com [21/11/2026 14:05:09] : hola');
  });

  it('pads with zeros, counts 24 hours, and shows minutes, not months', async () => {
    const shown = await line('bea@acme.com', instant(2027, 0, 2, 0, 47, 3), 'x');
    expect(shown.textContent).toBe('bea@acme.com [02/01/2027 00:47:03] : x');
  });

  it('says who in bold, when in normal weight and what in italics', async () => {
    const shown = await line('ana@acme.com', instant(2026, 10, 21, 14, 5, 9), 'hola');
    const style = (id: string) => getComputedStyle(shown.querySelector(`[data-testid="${id}"]`)!);
    expect(style('message-email').fontWeight).toBe('700');
    expect(style('message-time').fontWeight).toBe('400');
    expect(style('message-text').fontStyle).toBe('italic');
  });

  it('shows what somebody types as text, whatever it looks like', async () => {
    const typed = '<img src=x onerror="alert(1)"> {{ 1 + 1 }} } ñ á "\'` 🎉';
    const shown = await line('ana@acme.com', instant(2026, 10, 21, 14, 5, 9), typed);
    expect(shown.querySelector('img')).toBeNull();
    expect(shown.querySelector('[data-testid="message-text"]')?.textContent).toBe(typed);
  });

  it('keeps line breaks', async () => {
    const shown = await line('ana@acme.com', instant(2026, 10, 21, 14, 5, 9), 'one\n  two');
    expect(shown.querySelector('[data-testid="message-text"]')?.textContent).toBe('one\n  two');
  });
});
