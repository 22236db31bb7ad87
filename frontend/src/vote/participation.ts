import type { Client, FanfareError, Publication, Receipt as Answer, Subscription } from '../client/index.ts';
import { backOff } from '../shared/back-off.ts';
import type { Visitor } from '../shared/visitor.ts';
import { ServerClock } from './server-clock.ts';
import { Tally } from './tally.ts';
import type { Poll, Receipt, Reply, Standing } from './types.ts';

export interface ParticipationListener {
  /** Called when the poll is known for the first time, and again after each cut. */
  onJoined(creator: boolean): void;
  onTally(): void;
  onReceipt(receipt: Receipt): void;
  /** The poll is not there, or cannot be had; where that is for a time, it is asked for again. */
  onRefused(error: FanfareError): void;
}

/** Takes part in one poll: hears how it stands, and has the visitor's vote. */
export class Participation {
  readonly tally = new Tally();
  readonly clock = new ServerClock();
  poll: Poll | undefined;
  receipt: Receipt | undefined;
  private readonly client: Client;
  private readonly visitor: Visitor;
  private readonly place: string;
  private readonly listener: ParticipationListener;
  private counts: Subscription | undefined;
  private asked = 0;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, visitor: Visitor, id: string, listener: ParticipationListener) {
    this.client = client;
    this.visitor = visitor;
    this.place = `/app/vote/${id}`;
    this.listener = listener;
    this.hear(`vote.poll.${id}`);
    client.subscribe('/user/queue/vote', {
      onPublication: (publication) => this.hearReply(publication.json<Reply>(), id),
      // After a cut as well: what happened meanwhile may have been said to a connection that was gone.
      onLive: () => this.join(),
    });
  }

  /** Cast or change the vote; resolves when it is stored and counted, and is sent again after a cut until then. */
  cast(marks: number[]): Promise<Answer> {
    return this.send('cast', { marks });
  }

  close(): Promise<Answer> {
    return this.send('close', {});
  }

  private send(action: string, body: object): Promise<Answer> {
    return this.client.send(`${this.place}/${action}`, body, { headers: this.visitor.headers });
  }

  private join(failures = 0): void {
    this.asked = Date.now();
    this.send('join', {}).catch((error: FanfareError) => {
      clearTimeout(this.again);
      if (error.retryAfter !== undefined) {
        this.again = setTimeout(() => this.join(failures + 1), backOff(failures, error.retryAfter));
      }
      this.listener.onRefused(error);
    });
  }

  private hear(topic: string): Subscription {
    return this.client.subscribe(topic, {
      replay: 'last=1',
      onPublication: (publication: Publication) => {
        if (this.tally.accept(publication.json<Standing>())) {
          this.listener.onTally();
        }
      },
    });
  }

  private hearReply(reply: Reply, id: string): void {
    if (reply.about === 'joined' && reply.poll.id === id) {
      clearTimeout(this.again);
      this.clock.learn(this.asked, reply.now, Date.now());
      this.poll = reply.poll;
      this.listener.onJoined(reply.creator);
      if (reply.receipt) {
        this.hearReceipt(reply.receipt);
      }
    } else if (reply.about === 'receipt' && reply.poll === id) {
      this.hearReceipt(reply);
    }
  }

  private hearReceipt(receipt: Receipt): void {
    this.receipt = receipt;
    if (receipt.counts) {
      this.counts ??= this.hear(receipt.counts);
    }
    this.listener.onReceipt(receipt);
  }
}
