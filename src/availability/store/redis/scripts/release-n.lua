-- Gives claims back.
--
-- KEYS  n, the claims, all of one shop
-- ARGV  owner
-- Result: how many were still the owner's

local released = 0
for _, key in ipairs(KEYS) do
  if redis.call('GET', key) == ARGV[1] then
    redis.call('DEL', key)
    released = released + 1
  end
end
return released
