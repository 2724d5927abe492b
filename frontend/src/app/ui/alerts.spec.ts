import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Swal from 'sweetalert2/dist/sweetalert2.js';
import { flushPromises } from '../testing/flush-promises';
import { textOf } from '../testing/page';
import { Alerts } from './alerts';
import type { Question } from './alerts-question';

let alerts: Alerts;
let panel: HTMLElement;

beforeEach(() => {
  panel = document.body.appendChild(document.createElement('section'));
  alerts = TestBed.inject(Alerts);
});
afterEach(() => {
  Swal.close();
  document.body.replaceChildren();
});

const popup = () => document.querySelector('.swal2-popup');
const toast = () => document.querySelector('.swal2-toast');
const press = (button: string) => document.querySelector<HTMLElement>(`.swal2-${button}`)!.click();
const announced = () => alerts.announcements().map(({ text }) => text);
const texts = { title: 'Who?', label: 'E-mail', placeholder: 'a@b.c', confirm: 'Enter' };
const sure = { title: 'Sure?', text: 'Really', confirm: 'Yes', cancel: 'No' };

function ask(answer: Question['answer'] = () => Promise.resolve(null)) {
  return alerts.ask({ panel, texts, maxLength: 254, focus: false, answer });
}

async function answer(typed: string): Promise<void> {
  document.querySelector<HTMLInputElement>('.swal2-input')!.value = typed;
  press('confirm');
  await flushPromises();
}

describe('a toast', () => {
  it('is shown and announced', () => {
    alerts.toast('ana@acme.com se conectó');
    expect(textOf(toast())).toContain('ana@acme.com se conectó');
    expect(announced()).toEqual(['ana@acme.com se conectó']);
  });

  it('takes the place of the one before instead of standing on it', () => {
    alerts.toast('one');
    alerts.toast('two');
    expect(document.querySelectorAll('.swal2-toast')).toHaveLength(1);
    expect(textOf(toast())).toContain('two');
    expect(announced()).toEqual(['one', 'two']);
  });

  it('shows markup as text', () => {
    alerts.toast('<img src=x onerror=alert(1)>');
    expect(toast()!.querySelector('.swal2-title img')).toBeNull();
    expect(textOf(toast())).toContain('<img');
  });

  it('is only announced while a question is open', () => {
    ask();
    alerts.toast('bea@acme.com salió');
    expect(toast()).toBeNull();
    expect(textOf(popup())).toContain('Who?');
    expect(announced()).toEqual(['bea@acme.com salió']);
  });

  it('is only announced while a confirmation is open, which stays open', async () => {
    const reply = alerts.confirm(sure);
    alerts.toast('bea@acme.com salió');
    expect(textOf(popup())).toContain('Sure?');
    press('confirm');
    expect(await reply).toBe(true);
  });

  it('is shown again when the question is answered', async () => {
    ask();
    await answer('ana@acme.com');
    alerts.toast('bea@acme.com salió');
    expect(toast()).not.toBeNull();
  });
});

describe('a confirmation', () => {
  it('is a yes or a no, in text', async () => {
    const reply = alerts.confirm({ ...sure, title: '<b>Sure?</b>', confirm: '<i>Yes</i>' });
    expect(popup()!.querySelector('b, i')).toBeNull();
    expect(textOf(document.querySelector('.swal2-confirm'))).toBe('<i>Yes</i>');
    press('cancel');
    expect(await reply).toBe(false);
  });

  it('is declined while another one is open', async () => {
    const first = alerts.confirm(sure);
    expect(await alerts.confirm({ ...sure, title: 'Other?' })).toBe(false);
    expect(textOf(popup())).toContain('Sure?');
    press('confirm');
    expect(await first).toBe(true);
  });

  it('is closed by a question, and resolves to no', async () => {
    const reply = alerts.confirm(sure);
    ask();
    expect(await reply).toBe(false);
    expect(textOf(popup())).toContain('Who?');
  });

  it('restores the focus', async () => {
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    const reply = alerts.confirm(sure);
    press('cancel');
    await reply;
    expect(document.activeElement).toBe(button);
  });
});

describe('a question', () => {
  it('stands in its panel and leaves the rest of the page to be used', () => {
    const rest = document.body.appendChild(document.createElement('main'));
    ask();
    expect(panel.querySelector('.swal2-popup')).not.toBeNull();
    expect(popup()!.getAttribute('aria-modal')).toBeNull();
    expect(rest.getAttribute('aria-hidden')).toBeNull();
  });

  it('cannot be dismissed', () => {
    const question = ask();
    document.querySelector<HTMLElement>('.swal2-container')!.click();
    popup()!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(question.open).toBe(true);
    expect(getComputedStyle(document.querySelector('.swal2-close')!).display).toBe('none');
  });

  it('lets the Tab key out', () => {
    ask();
    const tab = new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true });
    document.querySelector('.swal2-input')!.dispatchEvent(tab);
    expect(tab.defaultPrevented).toBe(false);
  });

  it('shows a complaint as text and stays', async () => {
    const question = ask(() => Promise.resolve(() => '<b>no</b>'));
    await answer('nonsense');
    expect(question.open).toBe(true);
    expect(textOf(document.querySelector('.swal2-validation-message'))).toBe('<b>no</b>');
  });

  it('closes when it is answered well', async () => {
    const typed: string[] = [];
    const question = ask((text) => {
      typed.push(text);
      return Promise.resolve(null);
    });
    await answer('ana@acme.com');
    expect(typed).toEqual(['ana@acme.com']);
    expect(question.open).toBe(false);
  });

  it('changes its language and keeps what was typed', () => {
    const question = ask();
    const input = document.querySelector<HTMLInputElement>('.swal2-input')!;
    input.value = 'ana@';
    question.write({ title: '¿Quién?', label: 'Email', placeholder: 'x', confirm: 'Ingresar' });
    expect(textOf(popup())).toContain('¿Quién?');
    expect(textOf(document.querySelector('.swal2-confirm'))).toBe('Ingresar');
    expect(input.value).toBe('ana@');
  });
});
