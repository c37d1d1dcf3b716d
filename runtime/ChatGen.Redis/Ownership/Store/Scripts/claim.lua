-- KEYS[3] lease of the claimant, KEYS[4] entry, KEYS[5] number of the last claim;
-- ARGV[2] epoch of the lease, [3] claimant, [4] session, [5] life of the entry in milliseconds, [6] what all keys begin with.
if epoch ~= ARGV[2] or redis.call('EXISTS', KEYS[3]) == 0 then
  return { 'withoutLease' }
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  return { 'quarantined' }
end
local entry = redis.call('GET', KEYS[4])
if entry then
  local owner = ownerOf(entry)
  if owner ~= ARGV[3] and redis.call('EXISTS', ARGV[6] .. 'lease:' .. owner) == 1 then
    local inbox = ARGV[6] .. 'inbox:' .. owner
    local isNew = redis.call('SADD', inbox, string.match(entry, '|(%d+)$') .. '|' .. ARGV[4])
    redis.call('PEXPIRE', inbox, ARGV[1])
    if isNew == 1 then
      redis.call('PUBLISH', ARGV[6] .. 'hints:' .. string.match(owner, '^([^.]+)'), '')
    end
    return { 'held' }
  end
end
-- Numbers rise even when Redis has forgotten the last one, as long as its clock does not go back.
local time = redis.call('TIME')
local number = tonumber(redis.call('GET', KEYS[5]) or '0') + 1
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
if number < now then
  number = now
end
local text = string.format('%.0f', number)
redis.call('SET', KEYS[5], text)
redis.call('SET', KEYS[4], ARGV[3] .. '|' .. text, 'PX', ARGV[5])
return { 'granted', text }
