export { connect } from './connect.ts';
export { FanfareError, type ClientErrorType } from './error.ts';
export type {
  Body,
  Client,
  ConnectOptions,
  Gap,
  Headers,
  Publication,
  Receipt,
  SendOptions,
  State,
  StateDetail,
  Stored,
  SubscribeOptions,
  Subscribed,
  Subscription,
  TokenProvider,
  TokenReason,
  WebSocketConstructor,
  WireEvent,
} from './types.ts';
