import type { PresenceStatus } from "@parley/protocol";
import { type RedisLink, redisScript } from "../../platform/redis/connect-redis.ts";
import { GIVE_UP_MS, type PersonStatus, type PresenceBoard } from "./presence-board.ts";

/**
 * Keys: `processes` (sorted set: last beats), `gone` (set: processes that are being given up), `of:<process>` (hash: person to
 * status), `person:<id>` (hash: process to status), `status` (hash: person to what holds).
 */
const PREFIX = "parley:presence:";

/** ARGV: process, now in ms or "" (then Redis's own clock). Returns what it had said, as id, status, … */
const joinScript = redisScript(`
local P = '${PREFIX}'
local time = redis.call('TIME')
local now = tonumber(ARGV[2]) or time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', P .. 'processes', now, ARGV[1])
redis.call('SREM', P .. 'gone', ARGV[1])
return redis.call('HGETALL', P .. 'of:' .. ARGV[1])`);

/**
 * ARGV: process, now in ms or "" (then Redis's own clock), how long processes may be silent in ms, how many people of such a one are
 * given up at once, and two a person: id, status. Returns the changes as id, status, …, or false: it does not take part.
 */
const beatScript = redisScript(`
local P = '${PREFIX}'
local me, giveUp, atOnce = ARGV[1], tonumber(ARGV[3]), tonumber(ARGV[4])
local time = redis.call('TIME')
local now = tonumber(ARGV[2]) or time[1] * 1000 + math.floor(time[2] / 1000)
if not redis.call('ZSCORE', P .. 'processes', me) then return false end
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
for i = 5, #ARGV, 2 do put(me, ARGV[i], ARGV[i + 1]) end
for _, process in ipairs(redis.call('ZRANGEBYSCORE', P .. 'processes', '-inf', now - giveUp)) do
  redis.call('ZREM', P .. 'processes', process)
  redis.call('SADD', P .. 'gone', process)
end
for _, process in ipairs(redis.call('SMEMBERS', P .. 'gone')) do
  local people = redis.call('HKEYS', P .. 'of:' .. process)
  for i = 1, math.min(#people, atOnce) do put(process, people[i], 'offline') end
  if #people <= atOnce then redis.call('SREM', P .. 'gone', process) end
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
const lookScript = redisScript(`return redis.call('HMGET', '${PREFIX}status', unpack(ARGV))`);

/** A script of more would hold up Redis for all: the next beats give up the others. */
const GIVEN_UP_AT_ONCE = 300;

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
  const time = () => (now === undefined ? "" : `${now()}`);
  return {
    join: async () => inPairs((await redis.run(joinScript, [processId, time()])) as string[]),
    beat: async (entries) => {
      const args = [processId, time(), `${GIVE_UP_MS}`, `${GIVEN_UP_AT_ONCE}`, ...entries.flat()];
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
