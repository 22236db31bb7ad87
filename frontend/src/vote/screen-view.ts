import type { Client, FanfareError } from '../client/index.ts';
import { byId } from '../shared/elements.ts';
import type { Texts } from '../shared/texts.ts';
import type { Visitor } from '../shared/visitor.ts';
import { Participation } from './participation.ts';
import { qrCode } from './qr-code.ts';
import { Results } from './results.ts';

/** Show a poll to a whole room: the question, how it stands, and how to join. */
export function showScreen(
  { client, visitor, texts }: { client: Client; visitor: Visitor; texts: Texts },
  id: string,
  address: string,
  onRefused: (error: FanfareError) => void,
): void {
  const screen = byId('screen', HTMLElement);
  const results = new Results(screen, texts);
  const showTime = () => {
    if (participation.poll) {
      results.showTime(participation.poll, participation.tally, participation.clock.now());
    }
  };
  const show = () => {
    const { poll, tally } = participation;
    if (poll) {
      byId('screen-question', HTMLElement).textContent = poll.question;
      document.title = poll.question;
      results.show(poll, tally);
      showTime();
      screen.hidden = false;
    }
  };
  const participation = new Participation(client, visitor, id, {
    onJoined: () => {
      byId('problem', HTMLElement).hidden = true;
      show();
    },
    onTally: show,
    onReceipt: show,
    onRefused,
  });
  const link = byId('screen-address', HTMLAnchorElement);
  link.href = address;
  // Where it is too long for a line, the id stays together.
  link.append(address.slice(0, -id.length).replace(/^https?:\/\//, ''), document.createElement('wbr'), id);
  byId('screen-code', HTMLElement).append(qrCode(address, texts('vote.share.code', address)));
  const full = byId('full-screen', HTMLButtonElement);
  full.hidden = !document.fullscreenEnabled; // iPhones have no full screen.
  full.addEventListener('click', () => void screen.requestFullscreen());
  setInterval(showTime, 250);
}
