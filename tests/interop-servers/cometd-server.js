// The chat on the CometD project's own server: long-polling at /cometd.
// Options: --timeout=<ms> for which a /meta/connect is held, --maxInterval=<ms> after which a silent client is forgotten.
import http from 'node:http';
import cometd from 'cometd-nodejs-server';
import { ChatService } from './chat-service.js';
import { readOptions, serve } from './serve.js';

const CHANNEL = '/service/chat';

const { timeout, maxInterval } = readOptions({ timeout: 30000, maxInterval: 10000 });
const cometdServer = cometd.createCometDServer({ timeout, maxInterval });
const chat = new ChatService();

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
}));
