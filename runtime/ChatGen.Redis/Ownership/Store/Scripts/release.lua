-- KEYS[1] entry; ARGV[1] what it holds if it still is that claim's.
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 0
