-- KEYS[3] lease, KEYS[4] inbox.
return redis.call('DEL', KEYS[3], KEYS[4])
