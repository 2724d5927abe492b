import { Service, inject, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import type { MessagePosted } from 'backend/contract';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import { Attention } from '../ui/attention';
import { recall, remember } from '../ui/remembered';
import { mentions } from './mentions';
import { shownEmail } from '../ui/shown-email';

const NOTIFY_KEY = 'lonja.notify';
const SOUND_KEY = 'lonja.sound';
/** Characters of a message in a notification. */
const MAX_BODY = 200;
/** Of a soft double tone: Hz and seconds. */
const TONES_HZ = [880, 1_175];
const TONE_SECONDS = 0.12;
const LOUDNESS = 0.08;

/** A notification of the desktop and a sound when somebody names this member and nobody looks. Off until asked for. */
@Service()
export class MentionAlerts {
  private readonly attention = inject(Attention);
  private readonly member = inject(Member);
  private readonly transloco = inject(TranslocoService);
  private readonly isNotifying = signal(recall(NOTIFY_KEY) === 'on' && permission() === 'granted');
  private readonly isSounding = signal(recall(SOUND_KEY) === 'on');
  private audio: AudioContext | undefined;

  readonly notifying = this.isNotifying.asReadonly();
  readonly sounding = this.isSounding.asReadonly();

  constructor() {
    inject(Connection).listen((change) => {
      if (change.kind !== 'records') return;
      for (const record of change.records) if (record.type === 'message-posted') this.posted(record);
    });
  }

  /** Turns notifications on or off. Resolves to false when the browser, or the person, does not allow them. */
  async notify(on: boolean): Promise<boolean> {
    const allowed = on && permission() !== 'unsupported' ? (await Notification.requestPermission()) === 'granted' : !on;
    this.isNotifying.set(on && allowed);
    remember(NOTIFY_KEY, this.isNotifying() ? 'on' : 'off');
    return allowed;
  }

  /** Turns the sound on or off; whoever turns it on hears it. */
  sound(on: boolean): void {
    this.isSounding.set(on);
    remember(SOUND_KEY, on ? 'on' : 'off');
    if (on) this.play();
  }

  /** Something else that the member wants to know: the same way, and only while nobody looks. */
  notice(text: string, tag: string): void {
    if (this.attention.given()) return;
    if (this.isNotifying()) this.show(text, '', tag);
    if (this.isSounding()) this.play();
  }

  private posted({ by, text, n }: MessagePosted): void {
    const email = this.member.email();
    if (by === email || this.attention.given() || !mentions(text, email)) return;
    if (this.isNotifying())
      this.show(this.transloco.translate('chat.mentionedBy', { email: shownEmail(by) }), text, `lonja-${n}`);
    if (this.isSounding()) this.play();
  }

  private show(title: string, text: string, tag: string): void {
    try {
      // With the same tag several tabs show it once.
      const notification = new Notification(title, {
        body: text.slice(0, MAX_BODY),
        tag,
        icon: 'favicon.svg',
      });
      notification.addEventListener('click', () => {
        window.focus();
        notification.close();
      });
    } catch {
      // Phones know the constructor and refuse to use it.
      this.isNotifying.set(false);
    }
  }

  private play(): void {
    if (typeof AudioContext === 'undefined') return;
    const audio = (this.audio ??= new AudioContext());
    // Browsers let no page sound before somebody has touched it.
    void audio.resume().then(() => TONES_HZ.forEach((hz, place) => tone(audio, hz, place * TONE_SECONDS)));
  }
}

function permission(): NotificationPermission | 'unsupported' {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
}

function tone(audio: AudioContext, hz: number, delaySeconds: number): void {
  const start = audio.currentTime + delaySeconds;
  const [oscillator, volume] = [audio.createOscillator(), audio.createGain()];
  oscillator.frequency.value = hz;
  volume.gain.setValueAtTime(LOUDNESS, start);
  volume.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(start);
  oscillator.stop(start + TONE_SECONDS);
}
