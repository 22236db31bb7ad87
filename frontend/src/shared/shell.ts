import type { Client } from '../client/index.ts';
import { ConnectionBar } from './connection-bar.ts';
import { byId } from './elements.ts';
import { FramesPanel } from './frames-panel.ts';
import { Latency } from './latency.ts';
import { Recovery } from './recovery.ts';
import type { Texts } from './texts.ts';

export interface ShellOptions {
  /** The page's client, just made by `connect`, so that nothing of it is missed. */
  client: Pick<Client, 'state' | 'ping' | 'on' | 'interrupt'>;
  /** What `pageTexts()` gave. */
  texts: Texts;
}

export interface Shell {
  /** Have screen readers say something that only eyes would notice otherwise. */
  say(text: string): void;
}

/**
 * Bring what all pages share to life, around the page's client.
 *
 * ```ts
 * const texts = pageTexts();
 * const client = connect(webSocketAddress('ws'));
 * const { say } = openShell({ client, texts });
 * client.subscribe('chat.lobby', { onPublication: (publication) => show(publication, texts) });
 * ```
 *
 * The template has the fragments `banner`, `connection`, `frames` and `texts` of shared.html. The connection's state is
 * told in words, with what came of coming back and how far away the server is; the frames panel shows the latest 300
 * events of the wire; "Cut my connection" drops the socket as a lost network does and opens the panel, in which
 * everybody can see how the client comes back.
 */
export function openShell({ client, texts }: ShellOptions): Shell {
  const bar = new ConnectionBar(texts);
  const panel = new FramesPanel(texts);
  const recovery = new Recovery();
  const latency = new Latency(client, (milliseconds) => bar.latency(milliseconds));
  bar.state(client.state);
  client.on('state', (state, detail) => {
    bar.state(state, detail);
    latency.follow(state);
  });
  client.on('wire', (event) => {
    panel.add(event);
    const recovered = recovery.follow(event);
    if (recovered) {
      bar.recovered(recovered);
    }
  });
  byId('cut', HTMLButtonElement).addEventListener('click', () => {
    panel.show(true);
    panel.note(texts('shell.cut.name'), texts('shell.cut.done'));
    client.interrupt();
  });
  forgetLanguageInAddress();
  return { say: announcer() };
}

/** The choice is in a cookie by now; a link that is passed on must not choose for others. */
function forgetLanguageInAddress(): void {
  const address = new URL(location.href);
  if (address.searchParams.has('lang')) {
    address.searchParams.delete('lang');
    history.replaceState(history.state, '', address);
  }
}

function announcer(): (text: string) => void {
  const place = byId('announcement', HTMLElement);
  return (text) => {
    place.textContent = text;
  };
}
