import { type RedisLink, redisScript } from "../redis/connect-redis.ts";
import type { TakeAll } from "./shared-rate-limiter.ts";

/**
 * ARGV: now in ms or "" (then Redis's own clock), and four a take: key, count, milliseconds, points. A budget is a hash of what
 * was taken (n) and its end (e); keys leave by themselves. Returns the milliseconds to wait, 0 where it is allowed.
 */
const takeScript = redisScript(`
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local waits = {}
for i = 2, #ARGV, 4 do
  local key, count, duration, points = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]), tonumber(ARGV[i + 3])
  local ends = tonumber(redis.call('HGET', key, 'e'))
  if not ends or ends <= now then
    ends = now + duration
    redis.call('HSET', key, 'n', 0, 'e', ends)
    redis.call('PEXPIRE', key, duration)
  end
  local taken = redis.call('HINCRBY', key, 'n', points)
  waits[#waits + 1] = taken <= count and 0 or math.max(1, ends - now)
end
return waits`);

/**
 * The budgets of all servers, in Redis.
 * @param now milliseconds, instead of Redis's own clock, in tests
 */
export function createRedisTakes(redis: Pick<RedisLink, "run">, now?: () => number): TakeAll {
  return async (takes) => {
    const args = takes.flatMap(({ key, count, seconds, points }) => [
      `parley:budget:${count}/${seconds}:${key}`,
      `${count}`,
      `${seconds * 1_000}`,
      `${points}`,
    ]);
    return (await redis.run(takeScript, [now === undefined ? "" : `${now()}`, ...args])) as number[];
  };
}
