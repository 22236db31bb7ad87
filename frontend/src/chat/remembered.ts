import { localKept, type Kept } from '../shared/storage.ts';

/** A room that this browser was in. */
export interface Visited {
  id: string;
  /** The position up to which it was read. */
  read?: string;
}

const KEY = 'fanfare.chat.rooms';

/** Rooms that are remembered; who has been in more forgets the one not visited for longest. */
const MOST = 12;

/** The rooms that this browser was in, the latest first, and how far each was read. */
export class Remembered {
  private readonly kept: Kept;

  constructor(kept: Kept = localKept()) {
    this.kept = kept;
  }

  get rooms(): Visited[] {
    try {
      const rooms: unknown = JSON.parse(this.kept.getItem(KEY) ?? '[]');
      return Array.isArray(rooms) ? rooms.filter((room) => typeof room?.id === 'string').slice(0, MOST) : [];
    } catch {
      return [];
    }
  }

  /** Remember a visit; returns up to where the room was read before. */
  visit(id: string): string | undefined {
    const known = this.rooms.find((room) => room.id === id);
    this.write([known ?? { id }, ...this.rooms.filter((room) => room.id !== id)]);
    return known?.read;
  }

  read(id: string, position: string): void {
    this.write(this.rooms.map((room) => (room.id === id ? { id, read: position } : room)));
  }

  forget(id: string): void {
    this.write(this.rooms.filter((room) => room.id !== id));
  }

  private write(rooms: Visited[]): void {
    try {
      this.kept.setItem(KEY, JSON.stringify(rooms.slice(0, MOST)));
    } catch {
      // Then nothing is remembered.
    }
  }
}
