-- Asks the server of a gate whether a request with this token may pass. https://docs.haproxy.org/3.0/lua.html

local PASSED_ON = { [401] = true, [403] = true, [429] = true }

-- By the frontend `gate`, and not by HAProxy's own client for HTTP, which would log each request.
local function ask(backend, path, authorization)
  local socket = core.tcp()
  socket:settimeout(30)
  if not socket:connect("abns@gate") then
    return nil
  end
  socket:send("GET " .. path .. " HTTP/1.0\r\nHost: " .. backend .. "\r\nAuthorization: " .. authorization .. "\r\n\r\n")
  local answer = socket:receive("*a") or ""
  socket:close()
  return tonumber(answer:match("^HTTP/1%.%d (%d+)")), answer:match("\r\n\r\n(.*)$")
end

core.register_action("gate", { "http-req" }, function(txn, backend, path)
  local authorization = txn.sf:req_fhdr("Authorization") or ""
  if authorization == "" then
    authorization = "Bearer " .. (txn.sf:url_param("access_token") or "")
  end
  local status, body = ask(backend, path, authorization)
  if status == 200 then
    -- The server behind reads no other token than this one.
    txn.http:req_set_header("Authorization", authorization)
    return
  end
  local known = PASSED_ON[status]
  txn:done(txn:reply({
    status = known and status or 503,
    headers = { ["content-type"] = { "application/json" }, ["access-control-allow-origin"] = { "*" } },
    body = known and body or '{"errcode":"M_UNKNOWN","error":"Calls do not answer just now"}',
  }))
end, 2)
