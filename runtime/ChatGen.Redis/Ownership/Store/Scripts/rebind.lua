-- KEYS[3] lease of the new owner, KEYS[4…] entries;
-- ARGV[2] epoch of the lease, [3] previous owner, [4] new owner, [5] life of the entries in milliseconds, [6] '1' if entries are taken that are absent or of earlier claims, [7…] numbers of the claims.
if epoch ~= ARGV[2] or redis.call('EXISTS', KEYS[3]) == 0 then
  return false
end
local answer = {}
for i = 4, #KEYS do
  local entry = redis.call('GET', KEYS[i])
  local owner = entry and ownerOf(entry)
  -- Of two claims the one with the higher number is the later one: what Redis has come back with may be old.
  local isOlder = not entry or tonumber(string.match(entry, '|(%d+)$')) < tonumber(ARGV[i + 3])
  if owner == ARGV[3] or owner == ARGV[4] or (isOlder and ARGV[6] == '1') then
    redis.call('SET', KEYS[i], ARGV[4] .. '|' .. ARGV[i + 3], 'PX', ARGV[5])
    answer[#answer + 1] = 1
  else
    answer[#answer + 1] = 0
  end
end
return answer
