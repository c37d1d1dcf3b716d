// What the servers have in common: the command line, the port, and the end with the process that started them.
/** Reads options such as --timeout=5000 (milliseconds); names that are not given keep their default. */
export function readOptions(defaults) {
  const options = { ...defaults };
  for (const argument of process.argv.slice(2)) {
    const [, name, value] = /^--([A-Za-z]+)=(\d+)$/.exec(argument) ?? [];
    if (name === undefined || !Object.hasOwn(defaults, name)) {
      throw new Error(`Unknown option '${argument}'. Known: ${Object.keys(defaults).map(known => `--${known}=<ms>`).join(', ')}`);
    }
    options[name] = Number(value);
  }
  return options;
}

/** Whether nobody may subscribe or publish to a channel. */
export const isDenied = channel => typeof channel === 'string' && channel.split('/').includes('denied');

/** The Bayeux clients of a server: those that it knows, and how many came and went. */
export class BayeuxClients {
  handshakes = 0;
  disconnects = 0;
  #known = new Set();
  #waiting = [];

  add(id) {
    this.handshakes++;
    this.#known.add(id);
  }

  get count() {
    return this.#known.size;
  }

  /** A client has disconnected or was forgotten. Clients of the server's own may be passed too. */
  remove(id) {
    if (this.#known.delete(id) && this.#known.size === 0) {
      this.#waiting.splice(0).forEach(resolve => resolve());
    }
  }

  /** Waits until the server knows no client any more. */
  async none() {
    if (this.#known.size > 0) {
      await new Promise(resolve => this.#waiting.push(resolve));
    }
  }
}

/**
 * Listens on 127.0.0.1, prints {"port":N} as one line, and ends when standard input is closed. For tests it offers besides:
 *
 * GET /stats: how often it was called and over what, the Bayeux clients that it knows, and the chat sessions.
 *
 * POST /publish?channel=<name>: publishes the body, which is JSON, to whoever has subscribed; with &each=1 each item of the body.
 *
 * POST /deliver?client=<id>&channel=<name>: delivers the body to one client, subscribed or not.
 *
 * POST /disconnect?client=<id>: ends a client's session as soon as it polls, after it was delivered the body {channel, data} if there is one.
 *
 * What a server cannot do is answered with 501.
 *
 * POST /outage?say=<text>: drops every connection and every request, as if the network were down, until the server has
 * forgotten all of its Bayeux clients. Then the agent says something, the outage is over, and the answer is sent.
 *
 * A channel with the segment 'denied' is refused to whoever subscribes or publishes, for tests too. So is, where the server has a way
 * to forbid it for good, the handshake of a request with the header X-Scenario: deny.
 */
export function serve(httpServer, chat, clients, control = {}) {
  const sockets = new Set();
  let isOnline = true;
  let webSocketUpgrades = 0;
  let longPollingRequests = 0;

  const stats = () => ({
    webSocketUpgrades,
    longPollingRequests,
    handshakes: clients.handshakes,
    disconnects: clients.disconnects,
    clients: clients.count,
    sessions: chat.sessions,
  });

  async function outage(request, response, text) {
    isOnline = false;
    [...sockets].filter(socket => socket !== request.socket).forEach(socket => socket.destroy());
    await clients.none();
    chat.say(text);
    isOnline = true;
    response.writeHead(204).end();
  }

  async function command(action, request, response) {
    if (action === undefined) {
      response.writeHead(501).end();
      return;
    }
    let body = '';
    for await (const part of request.setEncoding('utf8')) {
      body += part;
    }
    await action(body === '' ? undefined : JSON.parse(body));
    response.writeHead(204).end();
  }

  // Calls the listeners that are there already only if the interceptor lets them.
  function intercept(event, isPassedOn) {
    const listeners = httpServer.listeners(event);
    httpServer.removeAllListeners(event);
    httpServer.on(event, (...args) => {
      if (isPassedOn(...args)) {
        listeners.forEach(listener => listener.apply(httpServer, args));
      }
    });
  }

  intercept('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1');
    switch (`${request.method} ${pathname}`) {
      case 'GET /stats':
        response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(stats()));
        return false;
      case 'POST /outage':
        outage(request, response, searchParams.get('say'));
        return false;
      case 'POST /publish': {
        const publish = control.publish?.bind(null, searchParams.get('channel'));
        command(searchParams.has('each') ? items => items.forEach(item => publish(item)) : publish, request, response);
        return false;
      }
      case 'POST /deliver':
        command(control.deliver?.bind(null, searchParams.get('client'), searchParams.get('channel')), request, response);
        return false;
      case 'POST /disconnect':
        command(control.disconnect?.bind(null, searchParams.get('client')), request, response);
        return false;
      default:
        // A server without WebSocket gets an upgrade as an ordinary request.
        if (request.headers.upgrade !== undefined) {
          webSocketUpgrades++;
        } else {
          longPollingRequests++;
        }
        if (!isOnline) {
          request.socket.destroy();
        }
        return isOnline;
    }
  });

  if (httpServer.listenerCount('upgrade') > 0) {
    intercept('upgrade', (request, socket) => {
      webSocketUpgrades++;
      if (!isOnline) {
        socket.destroy();
      }
      return isOnline;
    });
  }

  httpServer.on('connection', socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  httpServer.listen(0, '127.0.0.1', () => {
    process.stdout.write(`${JSON.stringify({ port: httpServer.address().port })}\n`);
  });
  process.stdin.on('end', () => process.exit(0));
  process.stdin.on('error', () => process.exit(0));
  process.stdin.resume();
}
