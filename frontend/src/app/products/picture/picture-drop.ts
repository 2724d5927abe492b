import { Directive, ElementRef, inject, input, output, signal } from '@angular/core';

/** A form that takes a picture which is pasted into it or dropped on it. */
@Directive({
  selector: '[appPictureDrop]',
  host: {
    '[class.picture-over]': 'over()',
    '(paste)': 'paste($event)',
    '(dragover)': 'hover($event)',
    '(dragleave)': 'leave($event)',
    '(drop)': 'drop($event)',
  },
})
export class PictureDrop {
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** Whether it takes anything. */
  readonly appPictureDrop = input(true);
  readonly picture = output<File>();

  protected readonly over = signal(false);

  /** Who copies cells of a sheet has their picture in the clipboard, too, and means the text. */
  protected paste(event: ClipboardEvent): void {
    const data = event.clipboardData;
    const file = [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (file && !data?.types.includes('text/plain')) this.take(event, file);
  }

  protected hover(event: DragEvent): void {
    if (!this.appPictureDrop() || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.over.set(true);
  }

  protected leave({ relatedTarget }: DragEvent): void {
    if (!(relatedTarget instanceof Node && this.host.contains(relatedTarget))) this.over.set(false);
  }

  /** Whatever file it is: when it is no picture that is said, instead of leaving the page to show it. */
  protected drop(event: DragEvent): void {
    this.over.set(false);
    const file = event.dataTransfer?.files[0];
    if (file) this.take(event, file);
  }

  private take(event: Event, file: File): void {
    if (!this.appPictureDrop()) return;
    event.preventDefault();
    this.picture.emit(file);
  }
}
