// A chat as the CometD project's own client holds it: node official-client.js <url of CometD> <long-polling|websocket>
// Prints the checks as one line of JSON; ends with 0 if all hold, else with 1.

import { isDeepStrictEqual } from 'node:util';
import { CometD } from 'cometd';
import { adapt } from 'cometd-nodejs-client';

const CHANNEL = '/service/chat';
const PATIENCE_MS = 10000;

const [url, transport] = process.argv.slice(2);
if (!url || !['long-polling', 'websocket'].includes(transport)) {
  console.error('Usage: node official-client.js <url> <long-polling|websocket>');
  process.exit(2);
}

// Standard output is for the summary alone.
console.log = console.info = console.debug = console.error;

const checks = [];

function check(name, holds, details) {
  if (!holds) {
    throw new Error(`${name}${details === undefined ? '' : `: ${JSON.stringify(details)}`}`);
  }
  checks.push(name);
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

/** A Bayeux client on the chat's channel. */
class ChatClient {
  #bayeux;
  #lastRequestId = 0;
  #answers = new Map();
  #events = [];
  #onEvent = () => {};

  constructor() {
    // Each client has a cookie jar of its own, as two visitors have.
    adapt();
    this.#bayeux = new CometD();
    for (const other of this.#bayeux.getTransportTypes().filter(type => type !== transport)) {
      this.#bayeux.unregisterTransport(other);
    }
    this.#bayeux.configure({ url, logLevel: 'warn' });
  }

  get transport() {
    return this.#bayeux.getTransport()?.type;
  }

  handshake() {
    return within('handshake', done => this.#bayeux.handshake(done));
  }

  subscribe() {
    return within('subscribe', done => this.#bayeux.subscribe(CHANNEL, message => this.#receive(message.data), done));
  }

  request(operation, fields = {}) {
    const requestId = `r${++this.#lastRequestId}`;
    return within(operation, done => {
      this.#answers.set(requestId, done);
      this.#bayeux.publish(CHANNEL, { operation, requestId, ...fields }, acknowledgement => {
        if (!acknowledgement.successful) {
          done({ notAcknowledged: acknowledgement });
        }
      });
    });
  }

  /** The next event that has not been asked for yet. */
  event(name) {
    return within(name, done => {
      this.#onEvent = () => {
        if (this.#events.length > 0) {
          this.#onEvent = () => {};
          done(this.#events.shift());
        }
      };
      this.#onEvent();
    });
  }

  /** Vanishes without a word: what is under way is cut off, and nothing more is sent. */
  drop() {
    this.#bayeux.registerExtension('silence', { outgoing: () => null });
    this.#bayeux.getTransport().abort();
  }

  disconnect() {
    return within('disconnect', done => this.#bayeux.disconnect(done));
  }

  #receive(data) {
    if (data.requestId === undefined) {
      this.#events.push(data);
      this.#onEvent();
    } else {
      this.#answers.get(data.requestId)?.(data);
      this.#answers.delete(data.requestId);
    }
  }
}

const isTimestamp = value => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value);

function checkMessage(event, index, partyType, text) {
  check(`${partyType} message ${index} arrives`,
    event.type === 'MessageReceived' && event.index === index && event.party.type === partyType
      && event.content.type === 'text' && (text === undefined || event.content.text === text) && isTimestamp(event.timestamp),
    event);
}

async function chat() {
  const first = new ChatClient();
  check('handshake succeeds', (await first.handshake()).successful === true);
  check(`transport is ${transport}`, first.transport === transport, first.transport);
  const subscription = await first.subscribe();
  check('subscription to the service channel succeeds', subscription.successful === true, subscription);

  const { sessionId } = await first.request('startSession', { username: 'Jane', subject: 'Größe ✓', userData: { FirstName: 'Jane', tags: [1, null] } });
  check('startSession answers a session id', typeof sessionId === 'string' && sessionId.length >= 16);
  const connected = await first.event('AgentConnected');
  check('agent connects', connected.type === 'AgentConnected' && connected.index === 1 && connected.party.type === 'Agent', connected);
  checkMessage(await first.event('greeting'), 2, 'Agent');

  const sent = await first.request('sendMessage', { sessionId, message: 'Grüße 👋' });
  check('sendMessage answers', sent.error === undefined, sent);
  checkMessage(await first.event('echo'), 3, 'Client', 'Grüße 👋');
  const typing = await first.event('typing on');
  check('agent types', typing.type === 'AgentTyping' && typing.isTyping === true && typing.index === undefined, typing);
  checkMessage(await first.event('answer'), 4, 'Agent', 'You said: Grüße 👋');
  const stopped = await first.event('typing off');
  check('agent stops typing', stopped.type === 'AgentTyping' && stopped.isTyping === false, stopped);

  const { transcript } = await first.request('getTranscript', { sessionId, fromIndex: 3 });
  check('getTranscript answers from the index', isDeepStrictEqual(transcript.map(entry => [entry.type, entry.index]), [['MessageReceived', 3], ['MessageReceived', 4]]), transcript);
  const typed = await first.request('sendTyping', { sessionId, isTyping: true, typedText: 'By' });
  check('sendTyping answers', typed.error === undefined, typed);

  await first.request('setUserData', { sessionId, userData: { plan: { name: 'gold' } } });
  const found = await first.request('getUserData', { sessionId, key: 'plan' });
  check('getUserData answers what was set', isDeepStrictEqual(found.userData, { plan: { name: 'gold' } }), found);
  await first.request('deleteUserData', { sessionId, key: 'plan' });
  const gone = await first.request('getUserData', { sessionId, key: 'plan' });
  check('deleteUserData deletes', isDeepStrictEqual(gone.userData, {}), gone);

  const checkError = async (client, name, code, operation, fields) => {
    const { error } = await client.request(operation, fields);
    check(name, error?.code === code && typeof error.description === 'string', error);
  };
  await checkError(first, 'unknown operation is error 1', 1, 'fly', { sessionId });
  await checkError(first, 'missing message is error 2', 2, 'sendMessage', { sessionId });
  await checkError(first, 'wrong type is error 3', 3, 'sendMessage', { sessionId, message: 'x', type: 'song' });
  await checkError(first, 'unknown session is error 50', 50, 'sendMessage', { sessionId: 'nobody', message: 'x' });

  first.drop();

  const second = new ChatClient();
  check('second handshake succeeds', (await second.handshake()).successful === true);
  await second.subscribe();
  const restored = await second.request('restoreSession', { sessionId });
  check('restoreSession answers', restored.error === undefined, restored);
  const whole = await second.request('getTranscript', { sessionId });
  check('restored transcript is whole', isDeepStrictEqual(whole.transcript.map(entry => entry.index), [1, 2, 3, 4]), whole);
  await second.request('sendMessage', { sessionId, message: 'Back again' });
  checkMessage(await second.event('echo after restore'), 5, 'Client', 'Back again');

  const left = await second.request('leave', { sessionId });
  check('leave answers', left.error === undefined, left);
  await checkError(second, 'session is gone after leave', 50, 'restoreSession', { sessionId });
  check('disconnect succeeds', (await second.disconnect()).successful === true);
}

const finish = (code, summary) => process.stdout.write(`${JSON.stringify(summary)}\n`, () => process.exit(code));

try {
  await chat();
  finish(0, { transport, checks });
} catch (error) {
  finish(1, { transport, checks, failed: error.message });
}
