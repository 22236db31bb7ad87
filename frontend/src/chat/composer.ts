import { byId } from '../shared/elements.ts';
import { isComposing } from '../shared/keys.ts';
import type { Texts } from '../shared/texts.ts';
import type { Visitor } from '../shared/visitor.ts';
import type { Message } from './conversation.ts';

export interface ComposerOptions {
  texts: Texts;
  visitor: Visitor;
  /** Say something; false where that cannot be now. */
  onSay: (text: string, name: string) => boolean;
  /** Change a message; resolves to false where that was refused. */
  onEdit: (message: Message, text: string) => Promise<boolean>;
  onTyped: (text: string) => void;
  /** The last message of one's own that can be edited. */
  lastOwn: () => Message | undefined;
}

/** Where one writes: something new, or what something of one's own is to say instead. */
export class Composer {
  private readonly options: ComposerOptions;
  private readonly form = byId('composer', HTMLFormElement);
  private readonly field = byId('text', HTMLTextAreaElement);
  private readonly name = byId('name', HTMLInputElement);
  private readonly banner = byId('editing', HTMLElement);
  private readonly send = byId('send', HTMLButtonElement);
  private readonly alert = byId('problem', HTMLElement);
  private editing: Message | undefined;
  /** What was being written when the editing began. */
  private draft = '';

  constructor(options: ComposerOptions) {
    this.options = options;
    this.name.value = options.visitor.name;
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener('input', () => options.onTyped(this.editing ? '' : this.field.value));
    this.field.addEventListener('keydown', (event) => this.pressed(event));
    this.name.addEventListener('change', () => this.rename());
    byId('cancel', HTMLButtonElement).addEventListener('click', () => this.write(undefined));
  }

  /** Edit a message of one's own. */
  edit(message: Message): void {
    this.write(message);
  }

  /** Say what went wrong; nothing takes it back. */
  problem(text: string): void {
    this.alert.textContent = text;
  }

  private submit(): void {
    const text = this.field.value.trim();
    if (text === '' || !this.rename()) {
      return;
    }
    this.problem('');
    if (this.editing) {
      void this.change(this.editing, text);
    } else if (this.options.onSay(text, this.name.value)) {
      this.field.value = '';
    } else {
      this.problem(this.options.texts('chat.problem.full'));
    }
  }

  /** Have a message changed; a text that is refused comes back, unless another is being edited by then. */
  private async change(message: Message, text: string): Promise<void> {
    this.write(undefined);
    if (!(await this.options.onEdit(message, text)) && !this.editing) {
      this.write({ ...message, text });
    }
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !isComposing(event)) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === 'Escape' && this.editing) {
      this.write(undefined);
    } else if (event.key === 'ArrowUp' && this.field.value === '') {
      const last = this.options.lastOwn();
      if (last) {
        event.preventDefault();
        this.edit(last);
      }
    }
  }

  private rename(): boolean {
    const name = this.name.value.trim();
    if (name === '') {
      this.problem(this.options.texts('chat.problem.name'));
      this.name.focus();
      return false;
    }
    this.name.value = name;
    this.options.visitor.name = name;
    return true;
  }

  private write(message: Message | undefined): void {
    if (!this.editing) {
      this.draft = this.field.value;
    }
    this.editing = message;
    this.banner.hidden = message === undefined;
    this.send.textContent = this.options.texts(message ? 'chat.save' : 'chat.send');
    this.field.value = message?.text ?? this.draft;
    this.field.focus();
  }
}
