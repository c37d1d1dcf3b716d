// Bayeux servers for benchmarks: node benchmark-server.js <cometd|faye>
// Whoever publishes to a channel that he is subscribed to gets it back. A publish of {"count":N,"text":"…"} to /stream/<x>/start makes the server publish N
// messages {"n":i,"text":"…"} to /stream/<x>. Prints {"port":N} as one line, and ends when standard input is closed.
import http from 'node:http';

const servers = {
  async cometd(httpServer) {
    const { default: cometd } = await import('cometd-nodejs-server');
    const server = cometd.createCometDServer({ timeout: 30000, maxInterval: 60000 });
    server.addListener('channelAdded', channel => {
      const [, name] = /^(\/stream\/.+)\/start$/.exec(channel.name) ?? [];
      if (name !== undefined) {
        channel.addListener('message', (session, _, message, callback) => {
          stream(message.data, data => server.getServerChannel(name)?.publish(session, data));
          callback();
        });
      }
    });
    httpServer.on('request', (request, response) => server.handle(request, response));
  },

  async faye(httpServer) {
    const { default: faye } = await import('faye');
    const bayeux = new faye.NodeAdapter({ mount: '/cometd', timeout: 30 });
    const client = bayeux.getClient();
    bayeux.addExtension({
      incoming(message, callback) {
        const [, name] = /^(\/stream\/.+)\/start$/.exec(message.channel) ?? [];
        if (name !== undefined) {
          setImmediate(() => stream(message.data, data => client.publish(name, data)));
        }
        callback(message);
      },
    });
    bayeux.attach(httpServer);
  },
};

function stream({ count, text }, publish) {
  for (let n = 0; n < count; n++) {
    publish({ n, text });
  }
}

const httpServer = http.createServer();
await servers[process.argv[2]](httpServer);
httpServer.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: httpServer.address().port })}\n`));
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();
