-- KEYS[3] lease, KEYS[4] inbox; ARGV[2] epoch of the lease.
if epoch ~= ARGV[2] then
  return { 'forgotten' }
end
if redis.call('PEXPIRE', KEYS[3], ARGV[1]) == 0 then
  return { 'over' }
end
local answer = redis.call('SPOP', KEYS[4], 1000)
table.insert(answer, 1, 'renewed')
return answer
