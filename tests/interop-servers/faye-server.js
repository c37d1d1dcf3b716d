// The chat on Faye: WebSocket and long-polling at /cometd.
// Besides, what serve.js offers to tests.
// Options: --timeout=<ms> for which a /meta/connect is held; a client that is silent for twice as long is forgotten.
//
// Faye neither lets clients subscribe to /service/* nor delivers anything on it. So each client is subscribed to a
// channel of its own instead, and what is delivered there is named /service/chat again on its way out.
import http from 'node:http';
import faye from 'faye';
import { ChatService } from './chat-service.js';
import { BayeuxClients, isDenied, readOptions, serve } from './serve.js';

const CHANNEL = '/service/chat';
const PRIVATE = '/chat/';

const { timeout } = readOptions({ timeout: 30000 });
const bayeux = new faye.NodeAdapter({ mount: '/cometd', timeout: timeout / 1000 });
const chat = new ChatService();
const clients = new BayeuxClients();
const server = bayeux.getClient();

const privateChannel = clientId => PRIVATE + clientId;

const isPrivate = channel => typeof channel === 'string' && channel.startsWith(PRIVATE);

// Bayeux lets a subscription be one channel or several.
const mapChannels = (subscription, map) => Array.isArray(subscription) ? subscription.map(map) : map(subscription);

bayeux.addExtension({
  incoming(message, request, callback) {
    // The chat's own client has no request. Nobody else speaks or listens in somebody else's chat.
    const isLocal = request === null;
    const { clientId, subscription } = message;
    const subscriptions = subscription === undefined ? [] : [].concat(subscription);
    const isForbidden = channel => isPrivate(channel) || isDenied(channel);
    if (!isLocal && (isForbidden(message.channel) || subscriptions.some(channel => isForbidden(channel) || channel === '/**'))) {
      message.error = '403::Forbidden channel';
    } else if (subscriptions.includes(CHANNEL) && typeof clientId === 'string') {
      message.subscription = mapChannels(subscription, channel => channel === CHANNEL ? privateChannel(clientId) : channel);
    } else if (message.channel === CHANNEL) {
      const { data } = message;
      // Faye acknowledges within this turn, so the answer follows the acknowledgement.
      setImmediate(() => chat.handle(data, { deliver: answer => server.publish(privateChannel(clientId), answer) }));
    }
    callback(message);
  },

  outgoing(message, request, callback) {
    if (request !== null && message.successful === true) {
      if (message.channel === '/meta/handshake') {
        clients.add(message.clientId);
      } else if (message.channel === '/meta/disconnect') {
        clients.disconnects++;
      }
    }
    if (message.subscription !== undefined) {
      message.subscription = mapChannels(message.subscription, channel => isPrivate(channel) ? CHANNEL : channel);
    }
    if (isPrivate(message.channel)) {
      message.channel = CHANNEL;
    }
    callback(message);
  },
});

bayeux.on('disconnect', clientId => clients.remove(clientId));

const httpServer = http.createServer((request, response) => response.writeHead(404).end());
bayeux.attach(httpServer);
serve(httpServer, chat, clients, { publish: (channel, data) => server.publish(channel, data) });
