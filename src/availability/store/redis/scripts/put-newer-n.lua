-- Stores values that are newer than what is there. What has another format (byte 1) or is of another history (6 to 9)
-- is replaced; otherwise the higher sum of versions (double at 10) wins, then the later load (six bytes at 18).
--
-- KEYS  n, all of one shop
-- ARGV  n pairs: value, lifetime in ms
-- Result: how many were stored

local function is_newer(new, old)
  if string.len(old) < 24 or string.byte(new) ~= string.byte(old) then return true end
  if string.sub(new, 6, 9) ~= string.sub(old, 6, 9) then return true end
  local sum, old_sum = struct.unpack('>d', new, 10), struct.unpack('>d', old, 10)
  if sum ~= old_sum then return sum > old_sum end
  return struct.unpack('>I6', new, 18) > struct.unpack('>I6', old, 18)
end

local stored = 0
for i, key in ipairs(KEYS) do
  local new = ARGV[2 * i - 1]
  -- pcall: under another type of value there is nothing to compare with.
  local old = redis.pcall('GET', key)
  if type(old) ~= 'string' or is_newer(new, old) then
    redis.call('SET', key, new, 'PX', ARGV[2 * i])
    stored = stored + 1
  end
end
return stored
