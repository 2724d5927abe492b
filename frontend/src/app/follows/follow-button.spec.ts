import { TestBed } from '@angular/core/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ComponentFixture } from '@angular/core/testing';
import { Member } from '../realtime/member';
import type { FakeSocket } from '../testing/fake-socket';
import { Screen, fakePage } from '../testing/page';
import { FollowButton } from './follow-button';

let socket: FakeSocket;
let fixture: ComponentFixture<FollowButton>;
let screen: Screen;

beforeEach(async () => {
  socket = fakePage();
  socket.answers('follow:set', ({ follow }) => ({ ok: true, data: { follows: [follow] } }));
  TestBed.inject(Member).become('ana@acme.com');
  fixture = TestBed.createComponent(FollowButton);
  fixture.componentRef.setInput('on', { product: 3 });
  fixture.componentRef.setInput('usual', 7);
  screen = new Screen(fixture);
  await socket.join();
  await screen.settled();
});

const rules = () => socket.payloads('follow:set').map(({ follow }) => follow);
async function tick(label: string): Promise<void> {
  screen.field(label).click();
  await screen.settled();
}
async function types(pieces: string): Promise<void> {
  screen.field('Piezas').value = pieces;
  screen.field('Piezas').dispatchEvent(new Event('change'));
  await screen.settled();
}

describe('the button to follow a product', () => {
  it('asks for each thing on its own, at once, and says that it is followed', async () => {
    await tick('Quedan menos de');
    await tick('Cambia el precio');
    await tick('Quedan menos de');

    const on = { product: 3 };
    expect(rules()).toEqual([
      { on, stockBelow: 7, price: false, mentions: false },
      { on, stockBelow: 7, price: true, mentions: false },
      { on, price: true, mentions: false },
    ]);
    expect(screen.byTestId('follow')?.getAttribute('aria-label')).toBe('Seguir (ya lo sigue)');
  });

  it('takes a number of pieces that can be meant', async () => {
    await tick('Quedan menos de');
    await types('12');
    await types('0');
    await types('1e99');
    expect(rules().map(({ stockBelow }) => stockBelow)).toEqual([7, 12, 7, 1_000_000_000]);
  });

  it('asks for the number that was typed when it is ticked, and not before: the tick would take that back', async () => {
    await types('12');
    expect(rules()).toEqual([]);
    await tick('Quedan menos de');
    expect(rules().map(({ stockBelow }) => stockBelow)).toEqual([12]);
  });

  it('is not there for a visitor', async () => {
    TestBed.inject(Member).become(null);
    await screen.settled();
    expect(screen.buttons()).toEqual([]);
  });
});
