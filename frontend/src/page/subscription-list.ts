import { textElement } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';

/** The destinations this page wants to hear, and which of them the server has confirmed. */
export class SubscriptionList {
  private readonly list: HTMLUListElement;
  private readonly texts: Texts;
  private readonly onRemove: (destination: string) => void;
  private readonly rows = new Map<string, HTMLLIElement>();

  constructor(list: HTMLUListElement, texts: Texts, onRemove: (destination: string) => void) {
    this.list = list;
    this.texts = texts;
    this.onRemove = onRemove;
  }

  get destinations(): string[] {
    return [...this.rows.keys()];
  }

  /** Whether it was not in the list before. */
  add(destination: string): boolean {
    if (this.rows.has(destination)) {
      return false;
    }
    const row = this.row(destination);
    this.rows.set(destination, row);
    this.mark(row, 'pending');
    this.list.append(row);
    return true;
  }

  remove(destination: string): void {
    this.rows.get(destination)?.remove();
    this.rows.delete(destination);
  }

  confirm(destination: string): void {
    const row = this.rows.get(destination);
    if (row) {
      this.mark(row, 'active');
    }
  }

  /** The connection is gone, and with it what the server had confirmed. */
  suspend(): void {
    for (const row of this.rows.values()) {
      this.mark(row, 'pending');
    }
  }

  private row(destination: string): HTMLLIElement {
    const row = document.createElement('li');
    const remove = textElement('button', 'sign', '×') as HTMLButtonElement;
    remove.type = 'button';
    remove.setAttribute('aria-label', this.texts('page.subscription.remove', destination));
    remove.addEventListener('click', () => this.onRemove(destination));
    row.append(textElement('code', 'destination', destination), textElement('span', 'status', ''), remove);
    return row;
  }

  private mark(row: HTMLLIElement, status: 'pending' | 'active'): void {
    row.dataset['status'] = status;
    const text = row.querySelector('.status');
    if (text) {
      text.textContent = this.texts(`page.subscription.${status}`);
    }
  }
}
