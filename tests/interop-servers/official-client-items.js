// One thing that the CometD project's own client expects of a server: node official-client-items.js <url of CometD> <long-polling|websocket> <item>
// A line {"fault":...} on standard output asks for trouble; it has been made when a line comes on standard input. Without trouble-maker, without those items.
// Ends with 0 if all holds, else with 1 and what does not.

import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { AckExtension, CometD, TimeStampExtension, TimeSyncExtension } from 'cometd';
import { adapt } from 'cometd-nodejs-client';

const CHAT = '/service/chat';
const NEWS = '/news';
const PATIENCE_MS = 30000;

const [url, transport, item] = process.argv.slice(2);

// Standard output is for what is asked of the test alone.
console.log = console.info = console.debug = console.error;

const commands = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Asks for trouble, and waits until it has been made. */
async function fault(name) {
  process.stdout.write(`${JSON.stringify({ fault: name })}\n`);
  const { done } = await commands.next();
  assert.ok(!done, `nobody made the trouble '${name}'`);
}

function within(name, start) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name}: nothing happened within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    start(value => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

/** Waits for what the client does not tell of. */
async function becomes(name, condition) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `${name}: not within ${PATIENCE_MS} ms`);
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}

/** Keeps values until somebody asks for them. */
class Queue {
  #values = [];
  #onValue = () => {};

  push = value => {
    this.#values.push(value);
    this.#onValue();
  };

  next(name) {
    return within(name, done => {
      this.#onValue = () => {
        if (this.#values.length > 0) {
          this.#onValue = () => {};
          done(this.#values.shift());
        }
      };
      this.#onValue();
    });
  }

  async until(name, condition) {
    while (true) {
      const value = await this.next(name);
      if (condition(value)) {
        return value;
      }
    }
  }

  get isEmpty() {
    return this.#values.length === 0;
  }
}

/** A client, subscribed to the news in the callback of each handshake, as its users do. */
class Client {
  handshakes = new Queue();
  connects = new Queue();
  disconnects = new Queue();
  news = new Queue();

  constructor(configuration = {}) {
    this.bayeux = new CometD();
    for (const other of this.bayeux.getTransportTypes().filter(type => type !== transport)) {
      this.bayeux.unregisterTransport(other);
    }
    this.bayeux.configure({ url, logLevel: 'error', backoffIncrement: 100, ...configuration });
    this.bayeux.addListener('/meta/handshake', this.handshakes.push);
    this.bayeux.addListener('/meta/connect', this.connects.push);
    this.bayeux.addListener('/meta/disconnect', this.disconnects.push);
  }

  async start() {
    this.bayeux.handshake(reply => {
      if (reply.successful) {
        this.bayeux.subscribe(NEWS, message => this.news.push(message.data), this.subscribed);
      }
    });
    const handshake = await this.handshakes.next('handshake');
    assert.equal(handshake.successful, true, JSON.stringify(handshake));
    await this.subscriptions.until('subscription', reply => reply.successful);
    await this.isConnected();
    return this;
  }

  subscriptions = new Queue();

  subscribed = reply => this.subscriptions.push(reply);

  async isConnected() {
    await this.connects.until('connect', reply => reply.successful);
  }

  async isDisturbed() {
    await this.connects.until('failed connect', reply => !reply.successful);
  }

  publish(data, channel = NEWS) {
    return within(`publish ${JSON.stringify(data)}`, done => this.bayeux.publish(channel, data, done));
  }

  /** What is published comes back, next and once. */
  async talks() {
    for (const text of ['one', 'two']) {
      const reply = await this.publish({ text });
      assert.equal(reply.successful, true, JSON.stringify(reply));
      assert.deepEqual(await this.news.next(text), { text });
    }
  }

  disconnect() {
    return within('disconnect', done => this.bayeux.disconnect(done));
  }
}

/** The session has been lost and begun anew, with its subscription. */
async function handshakesAnew(client) {
  const handshake = await client.handshakes.until('handshake anew', reply => reply.successful);
  assert.equal(handshake.reestablish, true);
  await client.subscriptions.until('subscription anew', reply => reply.successful);
  await client.isConnected();
  await client.talks();
}

/** The connection has been lost and opened again, on the same session. */
async function reconnects(client, id) {
  await client.isDisturbed();
  await client.isConnected();
  await client.talks();
  assert.equal(client.bayeux.getClientId(), id);
  assert.ok(client.handshakes.isEmpty);
}

const items = {
  async handshake() {
    const client = new Client();
    client.bayeux.handshake();
    const reply = await client.handshakes.next('handshake');
    assert.equal(reply.successful, true);
    assert.equal(reply.version, '1.0');
    assert.ok(reply.supportedConnectionTypes.includes(transport));
    await client.isConnected();
    assert.equal(client.bayeux.getTransport().type, transport);
    await becomes('connected', () => client.bayeux.getStatus() === 'connected');
  },

  async subscribe() {
    const client = await new Client().start();
    await client.talks();
    const wild = new Queue();
    const subscription = await within('wildcard', done => {
      const handle = client.bayeux.subscribe('/sports/**', message => wild.push(message.data), reply => done({ handle, reply }));
    });
    assert.equal(subscription.reply.successful, true);
    await client.publish(0, '/sports/a/b');
    assert.equal(await wild.next('wildcard event'), 0);
    await within('unsubscribe', done => client.bayeux.unsubscribe(subscription.handle, done));
    await client.publish(1, '/sports/a/b');
    await client.talks();
    assert.ok(wild.isEmpty);
  },

  async 'subscription denied'() {
    const client = await new Client().start();
    const reply = await within('subscribe', done => client.bayeux.subscribe('/a//b', () => {}, done));
    assert.equal(reply.successful, false);
    await client.talks();
  },

  async chat() {
    const client = await new Client().start();
    const received = new Queue();
    client.bayeux.addListener(CHAT, message => received.push(message.data));
    const request = async (operation, fields) => {
      await client.publish({ operation, requestId: operation, ...fields }, CHAT);
      return received.until(operation, data => data.requestId === operation);
    };
    const { sessionId } = await request('startSession', { username: 'Jane' });
    await client.publish({ operation: 'sendMessage', requestId: 'm', sessionId, message: 'Hello' }, CHAT);
    const answer = await received.until('answer', data => data.content?.text === 'You said: Hello');
    assert.equal(answer.index, 4);
    const { transcript } = await request('getTranscript', { sessionId });
    assert.deepEqual(transcript.map(entry => entry.index), [1, 2, 3, 4]);
    await fault('end the chat');
    const ended = await received.until('end', data => data.type === 'SessionEnded');
    assert.equal(ended.reason, 'agent');
  },

  async batch() {
    const client = await new Client().start();
    const order = [];
    await within('batch', done => client.bayeux.batch(() => {
      for (let i = 0; i < 100; i++) {
        client.bayeux.publish(NEWS, i, reply => {
          assert.equal(reply.successful, true);
          order.push(i);
          if (order.length === 100) {
            done();
          }
        });
      }
    }));
    assert.deepEqual(order, [...Array(100).keys()]);
    for (let i = 0; i < 100; i++) {
      assert.equal(await client.news.next(`event ${i}`), i);
    }
  },

  async 'remote call'() {
    const client = await new Client().start();
    const answer = await within('remote call', done => client.bayeux.remoteCall('echo', { text: 'é ✓ 👋' }, done));
    assert.deepEqual(answer.data, { text: 'é ✓ 👋' });
  },

  async 'falsy payloads'() {
    const client = await new Client().start();
    for (const data of [0, '', false, null, [], {}]) {
      await client.publish(data);
      assert.deepEqual(await client.news.next('event'), data);
    }
  },

  async 'messages with the handshake'() {
    const client = new Client();
    const welcome = new Queue();
    client.bayeux.registerExtension('ack', new AckExtension());
    client.bayeux.addListener('/service/welcome', message => welcome.push(message.data));
    await client.start();
    assert.equal(await welcome.next('welcome'), 'Hello');
    await client.talks();
    assert.ok(welcome.isEmpty);
  },

  async 'time extensions are no harm'() {
    const client = new Client();
    client.bayeux.registerExtension('timesync', new TimeSyncExtension());
    client.bayeux.registerExtension('timestamp', new TimeStampExtension());
    await client.start();
    await client.talks();
  },

  async acknowledgement() {
    const client = new Client();
    const extension = new AckExtension();
    const acknowledged = [];
    client.bayeux.registerExtension('ack', extension);
    client.bayeux.registerExtension('watch', {
      incoming: message => {
        if (message.channel === '/meta/connect' && message.ext) {
          acknowledged.push(message.ext.ack);
        }
        return message;
      },
    });
    await client.start();
    await client.talks();
    await client.talks();
    assert.ok(acknowledged.length >= 4, JSON.stringify(acknowledged));
    assert.deepEqual(acknowledged, acknowledged.map((_, i) => acknowledged[0] + i));
  },

  async 'nothing is lost or doubled when a reply is lost, with acknowledgement'() {
    const client = new Client();
    client.bayeux.registerExtension('ack', new AckExtension());
    await client.start();
    const publisher = await new Client().start();
    const id = client.bayeux.getClientId();
    await fault('lose the reply to the next connect of the first client');
    await publisher.publish(1);
    await publisher.publish(2);
    await client.isDisturbed();
    await publisher.publish(3);
    const received = [];
    while (received.length < 3) {
      received.push(await client.news.next('event'));
    }
    await publisher.publish(4);
    received.push(await client.news.next('event'));
    assert.deepEqual(received, [1, 2, 3, 4]);
    assert.equal(client.bayeux.getClientId(), id);
  },

  async 'reconnection after a drop'() {
    const client = await new Client().start();
    const id = client.bayeux.getClientId();
    await fault('drop');
    await reconnects(client, id);
  },

  async 'reconnection after being refused'() {
    const client = await new Client().start();
    const id = client.bayeux.getClientId();
    await fault('drop and refuse twice');
    await reconnects(client, id);
  },

  async 'reconnection after a black hole'() {
    const client = await new Client({ maxNetworkDelay: 1000 }).start();
    const id = client.bayeux.getClientId();
    await fault('black hole');
    await client.isDisturbed();
    await fault('lift');
    await client.isConnected();
    await client.talks();
    assert.equal(client.bayeux.getClientId(), id);
  },

  async 'handshake after a restart'() {
    const client = await new Client().start();
    await fault('restart');
    await handshakesAnew(client);
  },

  async 'handshake after expiry'() {
    const client = await new Client().start();
    await fault('expire');
    await handshakesAnew(client);
  },

  async 'handshake when advised'() {
    const client = await new Client().start();
    await fault('advise handshake');
    await handshakesAnew(client);
  },

  async 'no reconnection when advised'() {
    const client = await new Client().start();
    await fault('advise none');
    await becomes('disconnected', () => client.bayeux.getStatus() === 'disconnected');
  },

  async 'disconnection by the server'() {
    const client = await new Client().start();
    await fault('disconnect');
    await client.disconnects.next('disconnection');
    await becomes('disconnected', () => client.bayeux.getStatus() === 'disconnected');
  },

  async disconnect() {
    const client = await new Client().start();
    const reply = await client.disconnect();
    assert.equal(reply.successful, true, JSON.stringify(reply));
    assert.equal(client.bayeux.getStatus(), 'disconnected');
  },
};

const finish = (code, text) => process.stdout.write(`${JSON.stringify(text)}\n`, () => process.exit(code));

try {
  assert.ok(items[item], `there is no item '${item}'`);
  // One jar of cookies for all clients of the process.
  adapt();
  await items[item]();
  finish(0, { passed: item });
} catch (error) {
  finish(1, { failed: error.stack });
}
