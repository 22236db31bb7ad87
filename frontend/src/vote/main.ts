import './vote.css';
import { connect, type FanfareError } from '../client/index.ts';
import { base, webSocketAddress } from '../shared/base.ts';
import { byId } from '../shared/elements.ts';
import { openShell } from '../shared/shell.ts';
import { pageTexts } from '../shared/texts.ts';
import { visitorOf } from '../shared/visitor.ts';
import { Opening } from './opening.ts';
import { placeOf } from './place.ts';
import { PollView } from './poll-view.ts';
import { refusalText } from './refusal.ts';
import { showScreen } from './screen-view.ts';

const texts = pageTexts();
const client = connect(webSocketAddress('ws'), { oneSocketForAllTabs: true });
const visitor = visitorOf();
const votes = new URL('vote', base).href;
const place = placeOf(location.href, votes);
document.body.dataset['view'] = place.view;

const shell = openShell({ client, texts });
const page = { client, visitor, texts, shell };

function refuse(error: FanfareError): void {
  const problem = byId('problem', HTMLElement);
  problem.hidden = false;
  problem.textContent = refusalText(texts, error);
}

switch (place.view) {
  case 'opening':
    new Opening(page, (poll) => location.assign(`${votes}/${encodeURIComponent(poll)}`));
    break;
  case 'poll':
    new PollView(page, place.poll, `${votes}/${place.poll}`, refuse);
    break;
  case 'screen':
    showScreen(page, place.poll, `${votes}/${place.poll}`, refuse);
    break;
}
