import type { Stage } from "../stage.ts";
import { fileBeside } from "../systems.ts";
import { ejabberd } from "./ejabberd.ts";
import { mosquitto } from "./mosquitto.ts";
import { nats } from "./nats.ts";
import { nchan } from "./nchan.ts";
import { parse } from "./parse.ts";
import type { Peer, PeerContext } from "./peer.ts";
import { prosody } from "./prosody.ts";
import { redis } from "./redis.ts";
import { unpackDebian } from "./unpack-debian.ts";

export const peers: readonly Peer[] = [ejabberd, parse, redis, nchan, mosquitto, nats, prosody];

/** Kept from run to run, outside the workspaces. */
const ROOT = fileBeside("../.cache/bench-peers");

/** Fetches what the peers need. Says which ones are missing, and why. */
export async function findPeers(
  stage: Stage,
  onMissing: (peer: string, why: string) => void,
): Promise<{ peer: Peer; context: PeerContext }[]> {
  const database = await stage.database();
  const found: { peer: Peer; context: PeerContext }[] = [];
  for (const peer of peers) {
    const why = peer.debian.length === 0 ? null : await unpackDebian(ROOT, peer.debian);
    if (why === null) {
      found.push({ peer, context: { folder: await stage.folder(peer.name), root: ROOT, database } });
    } else onMissing(peer.name, why);
  }
  return found;
}
