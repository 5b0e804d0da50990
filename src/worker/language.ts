// The language worker: the editor's questions behind Comlink, on a thread where no guest runs. Each waits for its turn by a message to itself,
// behind the messages that are here already.

import { expose } from 'comlink';
import { createLanguage } from '#session';

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

expose(
  createLanguage({
    defer(callback) {
      waiting.push(callback);
      channel.port2.postMessage(null);
    },
  }),
);
