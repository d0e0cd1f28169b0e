import { doc, type Plain } from '../../codec/plain.js';
import { Bin, Doc, type Value } from '../../codec/values.js';
import { Conversation } from '../authentication/conversation.js';
import { MongoError } from '../errors.js';
import { show } from '../index-definition.js';
import { truthy } from '../matcher.js';
import { reply, type Call } from './context.js';

// The numbers of conversations mean nothing: a connection has one at a time.
const CONVERSATION = 1;
export const MECHANISM = 'SCRAM-SHA-256';

function refused(): MongoError {
  return new MongoError(18, 'Authentication failed.');
}

function textOf(payload: Value | undefined): string {
  if (!(payload instanceof Bin)) throw new MongoError(14, "BSON field 'payload' is the wrong type, expected 'binData'");
  return payload.bytes.toString('utf8');
}

function answer(done: boolean, payload: string): { readonly [key: string]: Plain } {
  return { conversationId: CONVERSATION, done, payload: new Bin(0, Buffer.from(payload)) };
}

function begin({ peer }: Call, body: Doc, database: string): { readonly [key: string]: Plain } {
  peer.conversation = undefined;
  const mechanism = body.get('mechanism');
  if (mechanism !== MECHANISM) {
    throw new MongoError(334, `Received authentication for mechanism ${show(mechanism ?? null)} which is not enabled`);
  }
  const options = body.get('options');
  const skipsEmpty = options instanceof Doc && truthy(options.get('skipEmptyExchange'));
  const { credentials } = peer;
  const conversation =
    credentials && database === 'admin'
      ? Conversation.begin(credentials, textOf(body.get('payload')), skipsEmpty)
      : undefined;
  if (!conversation) throw refused();
  peer.conversation = conversation;
  return answer(false, conversation.question());
}

export function saslStart(call: Call): Doc {
  return reply(begin(call, call.body, call.database));
}

export function saslContinue({ peer, body }: Call): Doc {
  const next = peer.conversation?.next(textOf(body.get('payload')));
  if (!next) {
    peer.conversation = undefined;
    throw refused();
  }
  const { payload, user } = next;
  if (user !== undefined) {
    peer.user = user;
    peer.conversation = undefined;
  }
  return reply(answer(user !== undefined, payload));
}

/** A login that begins with the greeting saves a round trip; when it cannot, the driver starts anew. */
export function speculativeLogin(call: Call): Doc | undefined {
  const wanted = call.body.get('speculativeAuthenticate');
  if (!(wanted instanceof Doc) || wanted.firstName !== 'saslStart') return undefined;
  const database = wanted.get('db');
  try {
    return doc(begin(call, wanted, typeof database === 'string' ? database : ''));
  } catch (error) {
    if (error instanceof MongoError) return undefined;
    throw error;
  }
}

export function logout({ peer }: Call): Doc {
  peer.user = undefined;
  return reply();
}
