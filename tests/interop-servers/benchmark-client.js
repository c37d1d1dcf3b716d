// The CometD project's own client as a contestant: node --expose-gc benchmark-client.js <url of CometD> <long-polling|websocket>
// Reads one command a line, such as "echo 300", and answers each with one line of JSON. The other contestants are in tests/ChatGen.Benchmarks/Bayeux.
import readline from 'node:readline';
import { randomUUID } from 'node:crypto';
import { CometD } from 'cometd';
import { adapt } from 'cometd-nodejs-client';

const [url, transport] = process.argv.slice(2);
const text = 'x'.repeat(100);
console.log = console.info = console.debug = console.error;

class Client {
  channel = `/echo/${randomUUID()}`;
  #bayeux;
  #onEvent = () => {};

  async connect() {
    adapt();
    this.#bayeux = new CometD();
    for (const other of this.#bayeux.getTransportTypes().filter(type => type !== transport)) {
      this.#bayeux.unregisterTransport(other);
    }
    this.#keepCookiesApart();
    this.#bayeux.configure({ url, logLevel: 'warn', maxNetworkDelay: 60000, maxSendBayeuxMessageSize: 1 << 20 });
    await new Promise((resolve, reject) => this.#bayeux.handshake(reply => reply.successful ? resolve() : reject(new Error('no handshake'))));
  }

  // The client asks the one global XMLHttpRequest, and with it the one jar of cookies; then the server would take all sessions for one browser.
  #keepCookiesApart() {
    const own = globalThis.window.XMLHttpRequest;
    const longPolling = this.#bayeux.findTransport('long-polling');
    const send = longPolling?.xhrSend;
    if (send !== undefined) {
      longPolling.xhrSend = packet => {
        globalThis.window.XMLHttpRequest = own;
        return send.call(longPolling, packet);
      };
    }
  }

  subscribe(channel, onData) {
    return new Promise((resolve, reject) =>
      this.#bayeux.subscribe(channel, message => onData(message.data), reply => reply.successful ? resolve() : reject(new Error('no subscription'))));
  }

  async prepareEcho() {
    await this.subscribe(this.channel, () => this.#onEvent());
  }

  echo() {
    return new Promise(resolve => {
      this.#onEvent = resolve;
      this.#bayeux.publish(this.channel, { text });
    });
  }

  async stream(count) {
    const channel = `/stream/${randomUUID()}`;
    let received = 0;
    let done;
    const all = new Promise(resolve => { done = resolve; });
    await this.subscribe(channel, () => {
      if (++received === count) {
        done();
      }
    });
    this.#bayeux.publish(`${channel}/start`, { count, text });
    await all;
  }

  async publish(count, batched) {
    let acknowledged = 0;
    await new Promise(resolve => {
      let answered = 0;
      const send = () => {
        for (let i = 0; i < count; i++) {
          this.#bayeux.publish('/sink', { text }, reply => {
            acknowledged += reply.successful ? 1 : 0;
            if (++answered === count) {
              resolve();
            }
          });
        }
      };
      if (batched) {
        this.#bayeux.batch(send);
      } else {
        send();
      }
    });
    return acknowledged;
  }
}

const quantile = (ordered, share) => ordered[Math.floor(share * (ordered.length - 1))];

async function measured(count, work) {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  const details = await work() ?? {};
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: count / seconds, cpuPerThousand: (user + system) / count, ...details };
}

async function echoes(clients, each) {
  const times = [];
  return measured(clients.length * each, async () => {
    await Promise.all(clients.map(async client => {
      for (let i = 0; i < each; i++) {
        const start = process.hrtime.bigint();
        await client.echo();
        times.push(Number(process.hrtime.bigint() - start) / 1e6);
      }
    }));
    times.sort((a, b) => a - b);
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  });
}

async function connected(count) {
  const clients = [];
  while (clients.length < count) {
    const some = Array.from({ length: Math.min(50, count - clients.length) }, () => new Client());
    await Promise.all(some.map(client => client.connect()));
    clients.push(...some);
  }
  return clients;
}

const single = new Client();
let crowd = [];
const commands = {
  async connect() {
    await single.connect();
    await single.prepareEcho();
  },
  echo: count => echoes([single], count),
  stream: count => measured(count, () => single.stream(count)),
  publish: count => measured(count, async () => ({ acknowledged: await single.publish(count, false) })),
  batch: count => measured(count, async () => ({ acknowledged: await single.publish(count, true) })),
  async crowd(each) {
    if (crowd.length === 0) {
      crowd = await connected(50);
      await Promise.all(crowd.map(client => client.prepareEcho()));
    }
    return echoes(crowd, each);
  },
  async idle(count) {
    globalThis.gc();
    const before = process.memoryUsage().heapUsed;
    globalThis.idle = await connected(count);
    await new Promise(resolve => setTimeout(resolve, 2000));
    globalThis.gc();
    const { rss, heapUsed } = process.memoryUsage();
    const cpu = process.cpuUsage();
    await new Promise(resolve => setTimeout(resolve, 5000));
    const { user, system } = process.cpuUsage(cpu);
    return { residentMegabytes: rss / 1e6, heapKilobytesEach: (heapUsed - before) / 1e3 / count, cpuPerSecond: (user + system) / 5000 };
  },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [name, count] = line.split(' ');
  try {
    process.stdout.write(`${JSON.stringify(await commands[name](Number(count)) ?? {})}\n`);
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ failed: error.message })}\n`);
  }
}
process.exit(0);
