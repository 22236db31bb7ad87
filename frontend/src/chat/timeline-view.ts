import type { Line } from './timeline.ts';

export interface TimelineViewOptions {
  /** What scrolls, and the list in it. */
  view: HTMLElement;
  list: HTMLOListElement;
  draw: (line: Line) => HTMLLIElement;
  /** The reader has come to the end, or left it. */
  onFollow: (following: boolean) => void;
  /** The reader has come near the top. */
  onTop: () => void;
}

/** How near the top the reader is when older messages are fetched, in pixels. */
const NEAR_TOP = 300;

/** Shows lines, changes only those that look different, and leaves what the reader looks at where it is. */
export class TimelineView {
  private readonly options: TimelineViewOptions;
  /** The rows by the keys of their lines; as many as the last lines that were shown. */
  private readonly rows = new Map<string, { version: string; row: HTMLLIElement }>();
  private following = true;

  constructor(options: TimelineViewOptions) {
    this.options = options;
    options.view.addEventListener('scroll', () => this.scrolled());
    new ResizeObserver(() => this.following && this.toEnd()).observe(options.view);
  }

  get isFollowing(): boolean {
    return this.following;
  }

  show(lines: readonly Line[]): void {
    const anchor = this.following ? undefined : this.anchor();
    this.keepFocus(() => this.arrange(lines));
    if (this.following) {
      this.toEnd();
    } else if (anchor?.row.isConnected) {
      this.options.view.scrollTop += anchor.row.offsetTop - anchor.top;
    }
    if (this.isNearTop()) {
      this.options.onTop();
    }
  }

  /** Go to the end and stay there. */
  toEnd(): void {
    this.options.view.scrollTop = this.options.view.scrollHeight;
    this.follow(true);
  }

  /** Go to a line and leave the end. */
  toRow(key: string): void {
    const { view } = this.options;
    const row = this.rows.get(key)?.row;
    if (row && view.scrollHeight > view.clientHeight) {
      view.scrollTop = row.offsetTop - view.clientHeight / 4;
      this.scrolled();
    }
  }

  row(key: string): HTMLLIElement | undefined {
    return this.rows.get(key)?.row;
  }

  private arrange(lines: readonly Line[]): void {
    const { list, draw } = this.options;
    const wanted = new Set(lines.map(({ key }) => key));
    for (const [key, { row }] of this.rows) {
      if (!wanted.has(key)) {
        row.remove();
        this.rows.delete(key);
      }
    }
    let place: Element | null = list.firstElementChild;
    for (const line of lines) {
      const known = this.rows.get(line.key);
      const row = known?.version === line.version ? known.row : draw(line);
      if (known && known.row !== row) {
        if (place === known.row) {
          place = known.row.nextElementSibling;
        }
        known.row.remove();
      }
      if (row === place) {
        place = row.nextElementSibling;
      } else {
        list.insertBefore(row, place);
      }
      this.rows.set(line.key, { version: line.version, row });
    }
  }

  /** Focus what does the same in the row that replaces the focused one, or else the whole, so that keys go on here. */
  private keepFocus(change: () => void): void {
    const { list, view } = this.options;
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement) || !list.contains(focused)) {
      change();
      return;
    }
    const [key = ''] = [...this.rows].find(([, { row }]) => row.contains(focused)) ?? [];
    change();
    if (document.activeElement !== focused) {
      const same = this.row(key)?.querySelector<HTMLElement>(`[data-act="${focused.dataset['act']}"]`);
      (same ?? view).focus({ preventScroll: true });
    }
  }

  /** The first row that the reader sees. */
  private anchor(): { row: HTMLElement; top: number } | undefined {
    const { view, list } = this.options;
    for (const row of list.children) {
      if (
        row instanceof HTMLElement &&
        row.dataset['anchor'] !== undefined &&
        row.offsetTop + row.offsetHeight > view.scrollTop
      ) {
        return { row, top: row.offsetTop };
      }
    }
    return undefined;
  }

  private scrolled(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.options.view;
    this.follow(scrollHeight - scrollTop - clientHeight < 40);
    if (this.isNearTop()) {
      this.options.onTop();
    }
  }

  private isNearTop(): boolean {
    return this.options.view.scrollTop < NEAR_TOP;
  }

  private follow(following: boolean): void {
    if (this.following !== following) {
      this.following = following;
      this.options.onFollow(following);
    }
  }
}
