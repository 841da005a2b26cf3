-- Gives claims back.
--
-- KEYS  n, the claims, all of one shop
-- ARGV  owner
-- Result: none

for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then
    redis.call('DEL', key)
  end
end
