-- KEYS[3] lease of the new owner, KEYS[4…] entries;
-- ARGV[2] epoch of the lease, [3] previous owner, [4] new owner, [5] life of the entries in milliseconds, [6] '1' if absent entries are taken too, [7…] numbers of the claims.
if epoch ~= ARGV[2] or redis.call('EXISTS', KEYS[3]) == 0 then
  return false
end
local answer = {}
for i = 4, #KEYS do
  local entry = redis.call('GET', KEYS[i])
  local owner = entry and ownerOf(entry)
  if owner == ARGV[3] or owner == ARGV[4] or (not entry and ARGV[6] == '1') then
    redis.call('SET', KEYS[i], ARGV[4] .. '|' .. ARGV[i + 3], 'PX', ARGV[5])
    answer[#answer + 1] = 1
  else
    answer[#answer + 1] = 0
  end
end
return answer
