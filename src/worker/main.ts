// The worker: a session behind Comlink. Between slices a message to itself lets other requests have their turn.

import { expose } from 'comlink';
import { createSession } from '#session';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

expose(
  createSession({
    defer(callback) {
      waiting.push(callback);
      channel.port2.postMessage(null);
    },
    now: () => performance.now(),
  }),
);
