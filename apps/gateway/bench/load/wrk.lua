-- The requests of one job, written to files by wrk.ts, each with a number of its own where the mark stands.
-- wrk runs this once per thread; where requests come in sequences, a thread has exactly one connection.
local MARK = "@@@number@@@"
local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("lane", #threads)
end

-- The text in pieces around its marks: joining them is cheaper than searching every time.
local function split(text)
  local pieces, from = {}, 1
  while true do
    local first, last = text:find(MARK, from, true)
    if first == nil then
      table.insert(pieces, text:sub(from))
      return pieces
    end
    table.insert(pieces, text:sub(from, first - 1))
    from = last + 1
  end
end

function init(args)
  local folder, count, expected = args[1], tonumber(args[2]), tonumber(args[4])
  run, templates, at, call, unexpected = tonumber(args[3]), {}, 0, 0, 0
  for number = 1, count do
    local file = assert(io.open(folder .. "/request-" .. number .. ".http", "rb"))
    templates[number] = split(file:read("*a"))
    file:close()
  end
  -- wrk counts statuses above 399 by itself; looking at each answer here costs the load generator time.
  if expected ~= 200 then
    response = function(status)
      if status ~= expected then unexpected = unexpected + 1 end
    end
  end
end

function request()
  at = at + 1
  if at > #templates then at = 1 end
  if at == 1 then call = call + 1 end
  return table.concat(templates[at], string.format("%03d%03d%06d", run % 1000, lane % 1000, call % 1000000))
end

function done(summary, latency)
  local errors, other = summary.errors, 0
  for _, thread in ipairs(threads) do other = other + thread:get("unexpected") end
  io.write(string.format(
    'RESULT {"requests":%d,"micros":%d,"p50":%d,"p99":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d,"status":%d,"unexpected":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.connect, errors.read, errors.write, errors.timeout, errors.status, other))
end
