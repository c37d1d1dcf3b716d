// The chat itself, whatever it is carried by: sessions, operations and an agent who greets and repeats.
// It follows the wire convention of schema/genesys-gwe-8.5.chat.json.
import { randomBytes } from 'node:crypto';

const UNKNOWN_COMMAND = 1;
const MISSING_PARAMETER = 2;
const INVALID_PARAMETER = 3;
const UNKNOWN_SESSION = 50;

const AGENT = { id: '2', name: 'Sam', type: 'Agent' };

class ChatFault extends Error {
  constructor(code, description) {
    super(description);
    this.code = code;
  }
}

const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);

function read(request, name, isValid, expected) {
  const value = request[name];
  if (value === undefined || value === null) {
    return undefined;
  }
  if (!isValid(value)) {
    throw new ChatFault(INVALID_PARAMETER, `The parameter '${name}' has a wrong value: expected ${expected}.`);
  }
  return value;
}

function required(request, name, isValid, expected) {
  const value = read(request, name, isValid, expected);
  if (value === undefined) {
    throw new ChatFault(MISSING_PARAMETER, `The parameter '${name}' is missing.`);
  }
  return value;
}

const isString = value => typeof value === 'string';
const isText = value => isString(value) && value.length > 0;
const isBoolean = value => typeof value === 'boolean';
const isIndex = value => Number.isInteger(value) && value >= 0 && value <= 2147483647;
const isVisitorMessageType = value => value === 'text' || value === 'url';

class ChatSession {
  isTyping = false;
  typedText = undefined;
  #connection;
  #transcript = [];

  constructor(id, username, subject, userData, connection) {
    this.id = id;
    this.visitor = { id: '1', name: username, type: 'Client' };
    this.subject = subject;
    this.userData = userData;
    this.#connection = connection;
  }

  attach(connection) {
    this.#connection = connection;
  }

  transcript(fromIndex) {
    return this.#transcript.filter(entry => entry.index >= fromIndex);
  }

  publish(type, payload) {
    const entry = { type, index: this.#transcript.length + 1, timestamp: new Date().toISOString(), ...payload };
    this.#transcript.push(entry);
    this.#connection?.deliver(entry);
  }

  // Typing is no part of the history, so it has no index.
  agentTyping(isTyping) {
    this.#connection?.deliver({ type: 'AgentTyping', timestamp: new Date().toISOString(), party: AGENT, isTyping });
  }

  // Who leaves raises SessionEnded on their own.
  leave() {
    this.#connection = undefined;
    this.publish('SessionEnded', { reason: 'leaveRequest' });
  }

  greet() {
    this.publish('AgentConnected', { party: AGENT });
    this.say(`Hello, my name is ${AGENT.name}. How can I help you?`);
  }

  repeat(message) {
    this.agentTyping(true);
    this.say(`You said: ${message}`);
    this.agentTyping(false);
  }

  say(text) {
    this.publish('MessageReceived', { party: AGENT, content: { type: 'text', text } });
  }
}

/**
 * A chat backend without a transport.
 *
 * A connection is an object with a method deliver(data), which sends an answer or an event to one visitor.
 */
export class ChatService {
  #sessions = new Map();

  /** What is known of the sessions that are not over, without what admits to them. */
  get sessions() {
    return [...this.#sessions.values()].map(({ visitor, subject, userData, isTyping, typedText }) =>
      ({ username: visitor.name, subject, userData, isTyping, typedText }));
  }

  /** The agent says something in every session. */
  say(text) {
    this.#sessions.forEach(session => session.say(text));
  }

  /** Carries out one request and delivers its answer, and the events that follow from it. */
  handle(request, connection) {
    const requestId = isObject(request) ? request.requestId : undefined;
    let afterAnswer;
    let answer;
    try {
      if (!isObject(request)) {
        throw new ChatFault(INVALID_PARAMETER, 'The request has to be a JSON object.');
      }
      required(request, 'requestId', value => isString(value) || typeof value === 'number', 'a string or a number');
      [answer, afterAnswer] = this.#execute(required(request, 'operation', isString, 'a string'), request, connection);
    } catch (fault) {
      if (!(fault instanceof ChatFault)) {
        throw fault;
      }
      answer = { error: { code: fault.code, description: fault.message } };
    }
    connection.deliver({ requestId, ...answer });
    afterAnswer?.();
  }

  #execute(operation, request, connection) {
    switch (operation) {
      case 'startSession':
        return this.#start(request, connection);
      case 'restoreSession':
        this.#find(request).attach(connection);
        return [{}];
      case 'getTranscript': {
        const session = this.#find(request);
        return [{ transcript: session.transcript(read(request, 'fromIndex', isIndex, 'an integer from 0 to 2147483647') ?? 0) }];
      }
      case 'sendMessage': {
        const session = this.#find(request);
        const text = required(request, 'message', isText, 'a string that is not empty');
        const type = read(request, 'type', isVisitorMessageType, "'text' or 'url'") ?? 'text';
        session.publish('MessageReceived', { party: session.visitor, content: { type, text } });
        return [{}, () => session.repeat(text)];
      }
      case 'sendTyping': {
        const session = this.#find(request);
        const isTyping = read(request, 'isTyping', isBoolean, 'true or false') ?? true;
        session.typedText = read(request, 'typedText', isString, 'a string');
        session.isTyping = isTyping;
        return [{}];
      }
      case 'leave': {
        const session = this.#find(request);
        this.#sessions.delete(session.id);
        session.leave();
        return [{}];
      }
      case 'setUserData': {
        const session = this.#find(request);
        Object.assign(session.userData, required(request, 'userData', isObject, 'an object'));
        return [{}];
      }
      case 'getUserData': {
        const session = this.#find(request);
        const key = required(request, 'key', isText, 'a string that is not empty');
        return [{ userData: Object.hasOwn(session.userData, key) ? { [key]: session.userData[key] } : {} }];
      }
      case 'deleteUserData': {
        const session = this.#find(request);
        delete session.userData[required(request, 'key', isText, 'a string that is not empty')];
        return [{}];
      }
      default:
        throw new ChatFault(UNKNOWN_COMMAND, `The operation '${operation}' is not known.`);
    }
  }

  #start(request, connection) {
    const session = new ChatSession(
      randomBytes(16).toString('hex'),
      read(request, 'username', isString, 'a string') || 'User',
      read(request, 'subject', isString, 'a string'),
      { ...read(request, 'userData', isObject, 'an object') },
      connection);
    this.#sessions.set(session.id, session);
    return [{ sessionId: session.id }, () => session.greet()];
  }

  #find(request) {
    const id = required(request, 'sessionId', isString, 'a string');
    const session = this.#sessions.get(id);
    if (session === undefined) {
      throw new ChatFault(UNKNOWN_SESSION, 'The chat session is not known, or is over.');
    }
    return session;
  }
}
