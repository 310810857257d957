import type { PresenceStatus } from "@parley/protocol";
import { type RedisLink, redisScript } from "../../platform/redis/connect-redis.ts";
import { GIVE_UP_MS, type PersonStatus, type PresenceBoard } from "./presence-board.ts";

/**
 * ARGV: process, "1" when it says all, how long processes may be silent in ms, now in ms or "" (then Redis's own clock), and two a
 * person: id, status. Keys: `processes` (sorted set: last beats), `of:<process>` (hash: person to status), `person:<id>` (hash:
 * process to status), `status` (hash: person to what holds). Returns the changes as id, status, …, or false: not known.
 */
const beatScript = redisScript(`
local P = 'parley:presence:'
local me, isWhole, giveUp, now = ARGV[1], ARGV[2] == '1', tonumber(ARGV[3]), tonumber(ARGV[4])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
if not isWhole and not redis.call('ZSCORE', P .. 'processes', me) then return false end
redis.call('ZADD', P .. 'processes', now, me)

local touched = {}
local function put(process, person, status)
  touched[person] = true
  if status == 'offline' then
    redis.call('HDEL', P .. 'of:' .. process, person)
    redis.call('HDEL', P .. 'person:' .. person, process)
  else
    redis.call('HSET', P .. 'of:' .. process, person, status)
    redis.call('HSET', P .. 'person:' .. person, process, status)
  end
end
local function forget(process)
  for _, person in ipairs(redis.call('HKEYS', P .. 'of:' .. process)) do put(process, person, 'offline') end
end

if isWhole then forget(me) end
for i = 5, #ARGV, 2 do put(me, ARGV[i], ARGV[i + 1]) end
for _, process in ipairs(redis.call('ZRANGEBYSCORE', P .. 'processes', '-inf', now - giveUp)) do
  forget(process)
  redis.call('ZREM', P .. 'processes', process)
end

local changes = {}
for person in pairs(touched) do
  local after = 'offline'
  for _, status in ipairs(redis.call('HVALS', P .. 'person:' .. person)) do
    if after ~= 'online' then after = status end
  end
  if after ~= (redis.call('HGET', P .. 'status', person) or 'offline') then
    if after == 'offline' then redis.call('HDEL', P .. 'status', person)
    else redis.call('HSET', P .. 'status', person, after) end
    changes[#changes + 1] = person
    changes[#changes + 1] = after
  end
end
return changes`);

/** ARGV: ids of people. Returns the status of each, or false. */
const lookScript = redisScript(`return redis.call('HMGET', 'parley:presence:status', unpack(ARGV))`);

/** Lua takes no more than some thousand arguments at once. */
const LOOK_AT_ONCE = 1_000;

/**
 * The board of all servers, in Redis.
 * @param now milliseconds, instead of Redis's own clock, in tests
 */
export function createRedisPresenceBoard(
  redis: Pick<RedisLink, "run">,
  processId: string,
  now?: () => number,
): PresenceBoard {
  return {
    beat: async (entries, isWhole) => {
      const time = now === undefined ? "" : `${now()}`;
      const args = [processId, isWhole ? "1" : "0", `${GIVE_UP_MS}`, time, ...entries.flat()];
      const changes = (await redis.run(beatScript, args)) as string[] | null;
      return changes === null ? null : inPairs(changes);
    },
    look: async (userIds) => {
      const statuses: PresenceStatus[] = [];
      for (let start = 0; start < userIds.length; start += LOOK_AT_ONCE) {
        const found = await redis.run(lookScript, userIds.slice(start, start + LOOK_AT_ONCE));
        statuses.push(...(found as (PresenceStatus | null)[]).map((status) => status ?? "offline"));
      }
      return statuses;
    },
  };
}

function inPairs(flat: readonly string[]): PersonStatus[] {
  const pairs: PersonStatus[] = [];
  for (let index = 0; index < flat.length; index += 2) {
    pairs.push([flat[index] as string, flat[index + 1] as PresenceStatus]);
  }
  return pairs;
}
