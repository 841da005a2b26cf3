-- Claims keys for one loader: those that are free, and those that are its own.
--
-- KEYS  n, the claims, all of one shop
-- ARGV  owner; after how many ms a claim lapses
-- Result: n numbers, 1 where it is claimed now, 0 where another holds it

local claimed = {}
for i, key in ipairs(KEYS) do
  local holder = redis.call('GET', key)
  if not holder or holder == ARGV[1] then
    redis.call('SET', key, ARGV[1], 'PX', ARGV[2])
    claimed[i] = 1
  else
    claimed[i] = 0
  end
end
return claimed
