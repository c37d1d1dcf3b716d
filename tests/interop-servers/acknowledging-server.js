// The CometD project's own server with its extension for acknowledgement, and nothing else: long-polling at /cometd.
// Whoever publishes to a channel reaches all who have subscribed to it.
// Options: --timeout=<ms> for which a /meta/connect is held, --maxInterval=<ms> after which a silent client is forgotten.
// Prints {"port":N} as one line, and ends when standard input is closed.
import http from 'node:http';
import acknowledgement from 'cometd-nodejs-server/ack-extension.js';
import cometd from 'cometd-nodejs-server';
import { readOptions } from './serve.js';

const server = cometd.createCometDServer(readOptions({ timeout: 30000, maxInterval: 10000 }));
server.addExtension(new acknowledgement.AcknowledgedMessagesExtension());

const httpServer = http.createServer((request, response) => server.handle(request, response));
httpServer.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: httpServer.address().port })}\n`));
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
process.stdin.resume();
