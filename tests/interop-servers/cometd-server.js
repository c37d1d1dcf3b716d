// The chat on the CometD project's own server: long-polling at /cometd.
// Besides, what serve.js offers to tests.
// Options: --timeout=<ms> for which a /meta/connect is held, --maxInterval=<ms> after which a silent client is forgotten,
// --ack=1 for the acknowledge extension.
import http from 'node:http';
import cometd from 'cometd-nodejs-server';
import acknowledgement from 'cometd-nodejs-server/ack-extension.js';
import { ChatService } from './chat-service.js';
import { BayeuxClients, isDenied, readOptions, serve } from './serve.js';

const CHANNEL = '/service/chat';

const { timeout, maxInterval, ack } = readOptions({ timeout: 30000, maxInterval: 10000, ack: 0 });
const cometdServer = cometd.createCometDServer({ timeout, maxInterval });
const chat = new ChatService();
const clients = new BayeuxClients();
if (ack !== 0) {
  cometdServer.addExtension(new acknowledgement.AcknowledgedMessagesExtension());
}
cometdServer.policy = {
  canHandshake: (session, message, callback) => callback(undefined, cometdServer.context.request?.headers['x-scenario'] !== 'deny'),
  canSubscribe: (session, message, channel, callback) => callback(undefined, !isDenied(channel.name)),
  canPublish: (session, message, channel, callback) => callback(undefined, !isDenied(channel.name)),
};

const polling = new Set();
cometdServer.addListener('sessionAdded', session => {
  clients.add(session.id);
  session.addListener('suspended', () => polling.add(session.id));
  session.addListener('resumed', () => polling.delete(session.id));
});

// Whoever is not polling would not be told that it is disconnected.
async function whenPolling(session) {
  while (!polling.has(session.id)) {
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

cometdServer.addListener('sessionRemoved', (session, timeout) => {
  clients.remove(session.id);
  polling.delete(session.id);
  if (!timeout) {
    clients.disconnects++;
  }
});

cometdServer.createServerChannel(CHANNEL).addListener('message', (session, channel, message, callback) => {
  chat.handle(message.data, { deliver: data => session.deliver(null, CHANNEL, data) });
  callback();
});

// Answers with what it was sent. The answer is the reply itself, with a payload.
cometdServer.createServerChannel('/service/echo').addListener('message', (session, channel, message, callback) => {
  message.reply.data = message.data;
  callback();
});

serve(http.createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://127.0.0.1');
  if (pathname === '/cometd' || pathname.startsWith('/cometd/')) {
    cometdServer.handle(request, response);
  } else {
    response.writeHead(404).end();
  }
}), chat, clients, {
  publish: (channel, data) => cometdServer.createServerChannel(channel).publish(null, data),
  deliver: (client, channel, data) => cometdServer.getServerSession(client)?.deliver(null, channel, data),
  disconnect: async (client, last) => {
    const session = cometdServer.getServerSession(client);
    await whenPolling(session);
    session.batch(() => {
      if (last !== undefined) {
        session.deliver(null, last.channel, last.data);
      }
      session.disconnect();
    });
  },
});
