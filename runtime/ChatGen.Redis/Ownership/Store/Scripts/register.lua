-- KEYS[3] lease.
redis.call('SET', KEYS[3], '1', 'PX', ARGV[1])
return epoch
