-- Admission: the one transaction that lets an action go. Takes a batch, judges each call alone.
--
-- calls: [{ id, org, revision, instance, …columns of org.intents…, clientSession, newSession, payload (base64) }]
-- verdict: `admitted`    the intent is committed with this transaction
--          `stale`       the decision was made under an older revision: decide again
--          `busy`        a change of this org is being committed right now: ask again in a moment
--          `lease_ended` this process may not admit any more
-- A refused call (decision deny or approve) gets its outcome in the same transaction.
-- Asking twice with the same id is the same as asking once.
CREATE FUNCTION org.admit_1(calls jsonb) RETURNS TABLE (id uuid, verdict text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  -- The revision is read after the lock of its org is held (see bump_revision), hence in a statement of its own.
  -- Never waiting here means that one org's change cannot hold up the calls of the others.
  changing bigint[] := ARRAY(
    SELECT k FROM (SELECT DISTINCT hashtextextended(c ->> 'org', 0) AS k FROM jsonb_array_elements(calls) c) keys
    WHERE NOT pg_try_advisory_xact_lock_shared(k));
BEGIN
  RETURN QUERY
  WITH input AS MATERIALIZED (
    SELECT c.* FROM jsonb_to_recordset(calls) AS c(
      id uuid, org uuid, revision bigint, instance uuid, project uuid, agent uuid, key uuid, "user" text,
      session uuid, "clientSession" text, "newSession" boolean, subagent text, "parentSubagent" text,
      "clientRef" text, tier text, surface text, verb text, resource text, actions jsonb, "actionHash" text,
      decision text, would text, rules jsonb, "wouldRules" jsonb, explanation text, policies jsonb,
      labels jsonb, findings jsonb, "requestBytes" integer, payload text,
      "latencyMs" integer, status integer, error text)
  ), judged AS MATERIALIZED (
    SELECT i.*,
      CASE WHEN n.id IS NULL THEN 'lease_ended'
           WHEN hashtextextended(i.org::text, 0) = ANY (changing) THEN 'busy'
           WHEN r.revision IS DISTINCT FROM i.revision THEN 'stale'
           ELSE 'admitted' END AS verdict
    FROM input i
    LEFT JOIN org.revisions r ON r.org_id = i.org
    LEFT JOIN directory.instances n
      ON n.id = i.instance AND n.ended_at IS NULL AND n.lease_until > clock_timestamp()
  ), session_rows AS (
    INSERT INTO org.sessions (org_id, id, agent_id, client_session)
    SELECT DISTINCT j.org, j.session, j.agent, j."clientSession" FROM judged j
    WHERE j.verdict = 'admitted' AND j."newSession"
    ORDER BY 1, 2
    ON CONFLICT DO NOTHING
  ), intent_rows AS (
    INSERT INTO org.intents (org_id, id, v, instance_id, project_id, agent_id, key_id, user_id, session_id,
      subagent, parent_subagent, client_ref, tier, surface, verb, resource, actions, action_hash, decision, would,
      rules, would_rules, explanation, policies, revision, labels, findings, request_bytes)
    SELECT j.org, j.id, 1, j.instance, j.project, j.agent, j.key, j."user", j.session,
      j.subagent, j."parentSubagent", j."clientRef", j.tier, j.surface, j.verb, j.resource, j.actions,
      decode(j."actionHash", 'hex'), j.decision, j.would, j.rules, j."wouldRules", j.explanation, j.policies,
      j.revision, ARRAY(SELECT jsonb_array_elements_text(j.labels)), j.findings, j."requestBytes"
    FROM judged j WHERE j.verdict = 'admitted'
    ON CONFLICT DO NOTHING
  ), refused_rows AS (
    INSERT INTO org.outcomes (org_id, id, v, outcome, status, error, latency_ms)
    SELECT j.org, j.id, 1, 'refused', j.status, j.error, j."latencyMs"
    FROM judged j WHERE j.verdict = 'admitted' AND j.decision <> 'allow'
    ON CONFLICT DO NOTHING
  ), payload_rows AS (
    INSERT INTO org.payloads (org_id, id, part, v, sealed)
    SELECT j.org, j.id, 'request', 1, decode(j.payload, 'base64')
    FROM judged j WHERE j.verdict = 'admitted' AND j.payload IS NOT NULL
    ON CONFLICT DO NOTHING
  )
  SELECT j.id, j.verdict FROM judged j;
END $$;
REVOKE EXECUTE ON FUNCTION org.admit_1(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.admit_1(jsonb) TO yolo_gateway;
ALTER FUNCTION org.admit_1(jsonb) OWNER TO yolo_admission;

-- The outcomes that `settle_1` takes, as rows, in the order they were given in.
CREATE FUNCTION org.read_outcomes(outcomes jsonb) RETURNS TABLE (
  place bigint, whole jsonb, org uuid, id uuid, outcome text, status integer, error text, latency_ms integer,
  first_byte_ms integer, response_bytes bigint, model text, input_tokens bigint, output_tokens bigint,
  cache_read_tokens bigint, cache_write_tokens bigint, metering text, cost_micros bigint, price_table text,
  upstream_request_id text, payload text)
  LANGUAGE sql STABLE
AS $$
  SELECT e.place, e.value - 'payload', o.org, o.id, o.outcome, o.status, o.error, o."latencyMs", o."firstByteMs",
    o."responseBytes", o.model, o."inputTokens", o."outputTokens", o."cacheReadTokens", o."cacheWriteTokens",
    o.metering, o."costMicros", o."priceTable", o."upstreamRequestId", o.payload
  FROM jsonb_array_elements(outcomes) WITH ORDINALITY AS e(value, place)
  CROSS JOIN LATERAL jsonb_to_record(e.value) AS o(
    org uuid, id uuid, outcome text, status integer, error text, "latencyMs" integer, "firstByteMs" integer,
    "responseBytes" bigint, model text, "inputTokens" bigint, "outputTokens" bigint, "cacheReadTokens" bigint,
    "cacheWriteTokens" bigint, metering text, "costMicros" bigint, "priceTable" text, "upstreamRequestId" text,
    payload text)
$$;
REVOKE EXECUTE ON FUNCTION org.read_outcomes(jsonb) FROM PUBLIC;
ALTER FUNCTION org.read_outcomes(jsonb) OWNER TO yolo_admission;

-- Outcomes, a batch at a time. One outcome per record: the same one again is nothing, a different later one is kept as
-- a correction. An outcome whose intent does not exist is dropped: that call was never admitted.
-- Returns how many closed their record.
--
-- outcomes: [{ org, id, …columns of org.outcomes…, payload (base64) }]
CREATE FUNCTION org.settle_1(outcomes jsonb) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  closed integer;
BEGIN
  WITH known AS MATERIALIZED (
    SELECT g.* FROM org.read_outcomes(outcomes) g
    WHERE EXISTS (SELECT FROM org.intents t WHERE t.org_id = g.org AND t.id = g.id)
  ), closing AS (
    INSERT INTO org.outcomes (org_id, id, v, outcome, status, error, latency_ms, first_byte_ms, response_bytes,
      model, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, metering, cost_micros,
      price_table, upstream_request_id)
    SELECT k.org, k.id, 1, k.outcome, k.status, k.error, k.latency_ms, k.first_byte_ms, k.response_bytes,
      k.model, k.input_tokens, k.output_tokens, k.cache_read_tokens, k.cache_write_tokens, k.metering,
      k.cost_micros, k.price_table, k.upstream_request_id
    FROM known k ORDER BY k.org, k.id, k.place
    ON CONFLICT DO NOTHING
    RETURNING id
  ), payload_rows AS (
    INSERT INTO org.payloads (org_id, id, part, v, sealed)
    SELECT k.org, k.id, 'reply', 1, decode(k.payload, 'base64') FROM known k WHERE k.payload IS NOT NULL
    ORDER BY k.org, k.id, k.place
    ON CONFLICT DO NOTHING
  )
  SELECT count(*) INTO closed FROM closing;
  IF closed = jsonb_array_length(outcomes) THEN RETURN closed; END IF;

  -- In a statement of its own: what another transaction was writing above has committed by now, and is seen.
  INSERT INTO org.corrections (org_id, id, v, outcome)
  SELECT DISTINCT g.org, g.id, 1, g.whole
  FROM org.read_outcomes(outcomes) g
  JOIN org.outcomes o ON o.org_id = g.org AND o.id = g.id
  WHERE (o.outcome, o.status, o.error, o.latency_ms, o.first_byte_ms, o.response_bytes, o.model, o.input_tokens,
         o.output_tokens, o.cache_read_tokens, o.cache_write_tokens, o.metering, o.cost_micros, o.price_table,
         o.upstream_request_id)
    IS DISTINCT FROM
        (g.outcome, g.status, g.error, g.latency_ms, g.first_byte_ms, g.response_bytes, g.model, g.input_tokens,
         g.output_tokens, g.cache_read_tokens, g.cache_write_tokens, g.metering, g.cost_micros, g.price_table,
         g.upstream_request_id)
    AND NOT EXISTS (SELECT FROM org.corrections c WHERE c.org_id = g.org AND c.id = g.id AND c.outcome = g.whole);
  RETURN closed;
END $$;
REVOKE EXECUTE ON FUNCTION org.settle_1(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.settle_1(jsonb) TO yolo_gateway;
ALTER FUNCTION org.settle_1(jsonb) OWNER TO yolo_admission;

REVOKE CREATE ON SCHEMA directory, org FROM yolo_admission;
