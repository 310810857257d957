import { type HistoryRecord, keyOfMessage, type Sighting } from "../history/history.ts";
import type { Check, Tell } from "./invariants.ts";
import { describe, type Ledger } from "./ledger.ts";

/**
 * Wherever a message is seen: it is one that was sent, by whom it names, with a body that was written for it (I3); it stands
 * at one place (I2), and what stands there, and what a version made, is the same for everybody (I4).
 */
export function checkMessages(ledger: Ledger, tell: Tell): Check {
  const places = new Map<string, string>();
  const placeOf = new Map<string, string>();
  const changeAt = new Map<string, string>();

  function sighted(message: Sighting, by: string): void {
    requireSent(message, by);
    const { conversationId, seq, version, id } = message;
    const place = `${conversationId} ${seq}`;
    const identity = `${id} ${keyOfMessage(message)}`;
    const known = places.get(place);
    if (known === undefined) places.set(place, identity);
    else if (known !== identity) tell("I4", `${by} has ${describe(message)}, others have ${known} there`);
    const knownPlace = placeOf.get(id);
    if (knownPlace === undefined) placeOf.set(id, place);
    else if (knownPlace !== place) tell("I2", `${by} has ${describe(message)}, others at ${knownPlace}`);
    requireOneChange(`${conversationId} ${version}`, `${id} ${message.content}`, message, by);
  }

  function requireSent(message: Sighting, by: string): void {
    const sent = ledger.sentAs(message);
    if (sent === undefined) return tell("I3", `${by} has ${describe(message)}, which nobody sent`);
    const changes = ledger.changes.get(message.id);
    if (message.content === null) {
      if (changes?.deleteInvokedAt == null) tell("I3", `${by} has a tombstone of ${describe(message)}, undeleted`);
    } else if (message.content !== sent.body && !changes?.edits.has(message.content)) {
      tell("I3", `${by} has ${describe(message)} with another body`);
    }
  }

  /** Each version of a conversation is one change: an event that was told and never committed shows here. */
  function requireOneChange(version: string, change: string, message: Sighting, by: string): void {
    const known = changeAt.get(version);
    if (known === undefined) changeAt.set(version, change);
    else if (known !== change) tell("I4", `${by} has ${describe(message)}, but that version is ${known} elsewhere`);
  }

  return {
    add: (record) => {
      for (const [message, by] of sightingsIn(record)) sighted(message, by);
    },
  };
}

function sightingsIn(record: HistoryRecord): [message: Sighting, by: string][] {
  switch (record.type) {
    case "ok":
      return [record.answer.message ?? [], record.answer.messages ?? []]
        .flat()
        .map((message) => [message, `the answer to ${record.op}`]);
    case "heard":
      return "message" in record.event ? [[record.event.message, record.device]] : [];
    case "viewed":
      return [[record.message, `${record.device} (${record.kind})`]];
    case "stored":
      return [[record.message, "the database"]];
    default:
      return [];
  }
}
