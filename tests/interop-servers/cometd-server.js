// The chat on the CometD project's own server: long-polling at /cometd.
// Besides, what serve.js offers to tests.
// Options: --timeout=<ms> for which a /meta/connect is held, --maxInterval=<ms> after which a silent client is forgotten.
import http from 'node:http';
import cometd from 'cometd-nodejs-server';
import { ChatService } from './chat-service.js';
import { BayeuxClients, readOptions, serve } from './serve.js';

const CHANNEL = '/service/chat';

const { timeout, maxInterval } = readOptions({ timeout: 30000, maxInterval: 10000 });
const cometdServer = cometd.createCometDServer({ timeout, maxInterval });
const chat = new ChatService();
const clients = new BayeuxClients();

cometdServer.addListener('sessionAdded', session => clients.add(session.id));
cometdServer.addListener('sessionRemoved', (session, timeout) => {
  clients.remove(session.id);
  if (!timeout) {
    clients.disconnects++;
  }
});

cometdServer.createServerChannel(CHANNEL).addListener('message', (session, channel, message, callback) => {
  chat.handle(message.data, { deliver: data => session.deliver(null, CHANNEL, data) });
  callback();
});

serve(http.createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://127.0.0.1');
  if (pathname === '/cometd' || pathname.startsWith('/cometd/')) {
    cometdServer.handle(request, response);
  } else {
    response.writeHead(404).end();
  }
}), chat, clients);
