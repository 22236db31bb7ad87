import { byId } from '../shared/elements.ts';
import type { Visitor } from '../shared/visitor.ts';

export interface DoorMoves {
  quick(name: string): Promise<unknown>;
  create(name: string, rounds: number): Promise<unknown>;
  visit(code: string): Promise<unknown>;
}

/** Where one finds, begins or visits a game. */
export class Door {
  private readonly view = byId('door', HTMLElement);
  private readonly name = byId('name', HTMLInputElement);
  private readonly visitor: Visitor;

  constructor(visitor: Visitor, moves: DoorMoves) {
    this.visitor = visitor;
    this.name.value = visitor.name;
    const rounds = byId('rounds', HTMLSelectElement);
    const code = byId('code', HTMLInputElement);
    onSubmit('quick', () => this.named((name) => moves.quick(name)));
    onSubmit('create', () => this.named((name) => moves.create(name, Number(rounds.value))));
    onSubmit('visit', () => {
      this.visitor.name = this.name.value.trim();
      return moves.visit(code.value.trim().toUpperCase());
    });
  }

  show(visible: boolean): void {
    this.view.hidden = !visible;
  }

  private named(move: (name: string) => Promise<unknown>): Promise<unknown> {
    if (!this.name.reportValidity()) {
      return Promise.resolve();
    }
    this.visitor.name = this.name.value.trim();
    return move(this.visitor.name);
  }
}

/** Do something when a form is sent, once at a time. */
export function onSubmit(id: string, action: () => Promise<unknown>): void {
  const form = byId(id, HTMLFormElement);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = form.querySelector('button');
    if (button && !button.disabled) {
      button.disabled = true;
      void action().finally(() => (button.disabled = false));
    }
  });
}
