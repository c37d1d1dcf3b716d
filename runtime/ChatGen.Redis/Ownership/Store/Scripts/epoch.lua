-- Comes before every other script. KEYS[1] epoch, KEYS[2] quarantine, ARGV[1] lease in milliseconds.
-- The memory of Redis is another one if another process has it, or if the epoch is gone with all the rest. What nodes were granted may be forgotten then, be it that the last second was not on disk or that a replica had not heard of it.
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
local epoch = redis.call('GET', KEYS[1])
if not epoch or string.sub(epoch, 1, #run) ~= run then
  local time = redis.call('TIME')
  epoch = run .. ':' .. time[1] .. string.format('%06d', tonumber(time[2]))
  redis.call('SET', KEYS[1], epoch)
  redis.call('SET', KEYS[2], '1', 'PX', ARGV[1])
end
local function ownerOf(entry)
  return string.match(entry, '^([^|]+)|')
end
