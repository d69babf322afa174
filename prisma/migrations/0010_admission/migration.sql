-- Admission and settlement, second form. What is new against the first, which gateways that still run go on calling:
-- sealed payloads come as bytes beside the JSON, the JSON is read once, and every look-up is by key, one call at a
-- time, whatever the planner believes about the size of a table when a connection first calls these.
GRANT CREATE ON SCHEMA org TO yolo_admission;

-- Takes a batch, judges each call alone. Verdicts, refused calls and asking twice are as in `admit_1`.
--
-- orgs: those of the calls. A call of any other org is `busy`: nothing is decided without the lock of its org.
-- calls: [{ id, org, revision, instance, …columns of org.intents…, clientSession, newSession, payloadFrom,
--          payloadBytes }]
-- payloads: sealed, one behind the other; a call's begins at its `payloadFrom`, counted from 1. Null: nothing is kept.
CREATE FUNCTION org.admit_2(orgs uuid[], calls json, payloads bytea) RETURNS TABLE (id uuid, verdict text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  -- The revision is read after the lock of its org is held (see bump_revision), hence in a statement of its own.
  -- Never waiting here means that one org's change cannot hold up the calls of the others.
  held uuid[] := ARRAY(
    SELECT o FROM unnest(orgs) o WHERE pg_try_advisory_xact_lock_shared(hashtextextended(o::text, 0)));
BEGIN
  RETURN QUERY
  WITH input AS MATERIALIZED (
    SELECT c.* FROM json_to_recordset(calls) AS c(
      id uuid, org uuid, revision bigint, instance uuid, project uuid, agent uuid, key uuid, "user" text,
      session uuid, "clientSession" text, "newSession" boolean, subagent text, "parentSubagent" text,
      "clientRef" text, tier text, surface text, verb text, resource text, actions jsonb, "actionHash" text,
      decision text, would text, rules jsonb, "wouldRules" jsonb, explanation text, policies jsonb,
      labels text[], findings jsonb, "requestBytes" integer, "payloadFrom" integer, "payloadBytes" integer,
      "latencyMs" integer, status integer, error text)
  ), judged AS MATERIALIZED (
    SELECT i.*,
      CASE WHEN n.id IS NULL THEN 'lease_ended'
           WHEN i.org = ANY (held) IS NOT TRUE THEN 'busy'
           WHEN r.revision IS DISTINCT FROM i.revision THEN 'stale'
           ELSE 'admitted' END AS verdict
    FROM input i
    LEFT JOIN LATERAL (SELECT r.revision FROM org.revisions r WHERE r.org_id = i.org LIMIT 1) r ON true
    LEFT JOIN LATERAL (
      SELECT n.id FROM directory.instances n
      WHERE n.id = i.instance AND n.ended_at IS NULL AND n.lease_until > clock_timestamp() LIMIT 1) n ON true
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
      j.revision, j.labels, j.findings, j."requestBytes"
    FROM judged j WHERE j.verdict = 'admitted'
    ON CONFLICT DO NOTHING
  ), refused_rows AS (
    INSERT INTO org.outcomes (org_id, id, v, outcome, status, error, latency_ms)
    SELECT j.org, j.id, 1, 'refused', j.status, j.error, j."latencyMs"
    FROM judged j WHERE j.verdict = 'admitted' AND j.decision <> 'allow'
    ON CONFLICT DO NOTHING
  ), payload_rows AS (
    INSERT INTO org.payloads (org_id, id, part, v, sealed)
    SELECT j.org, j.id, 'request', 1, substring(payloads FROM j."payloadFrom" FOR j."payloadBytes")
    FROM judged j WHERE j.verdict = 'admitted' AND j."payloadFrom" IS NOT NULL
    ON CONFLICT DO NOTHING
  )
  SELECT j.id, j.verdict FROM judged j;
END $$;
REVOKE EXECUTE ON FUNCTION org.admit_2(uuid[], json, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.admit_2(uuid[], json, bytea) TO yolo_gateway;
ALTER FUNCTION org.admit_2(uuid[], json, bytea) OWNER TO yolo_admission;

-- Outcomes, a batch at a time: what becomes of one is as in `settle_1`. Returns how many closed their record.
--
-- outcomes: [{ org, id, …columns of org.outcomes…, payloadFrom, payloadBytes }]
-- payloads: as in `admit_2`.
CREATE FUNCTION org.settle_2(outcomes json, payloads bytea) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
  closed integer;
BEGIN
  WITH known AS MATERIALIZED (
    SELECT g.* FROM ROWS FROM (json_to_recordset(outcomes) AS (
      org uuid, id uuid, outcome text, status integer, error text, "latencyMs" integer, "firstByteMs" integer,
      "responseBytes" bigint, model text, "inputTokens" bigint, "outputTokens" bigint, "cacheReadTokens" bigint,
      "cacheWriteTokens" bigint, metering text, "costMicros" bigint, "priceTable" text, "upstreamRequestId" text,
      "payloadFrom" integer, "payloadBytes" integer)) WITH ORDINALITY AS g
    CROSS JOIN LATERAL (SELECT FROM org.intents t WHERE t.org_id = g.org AND t.id = g.id LIMIT 1) t
  ), closing AS (
    INSERT INTO org.outcomes (org_id, id, v, outcome, status, error, latency_ms, first_byte_ms, response_bytes,
      model, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, metering, cost_micros,
      price_table, upstream_request_id)
    SELECT k.org, k.id, 1, k.outcome, k.status, k.error, k."latencyMs", k."firstByteMs", k."responseBytes",
      k.model, k."inputTokens", k."outputTokens", k."cacheReadTokens", k."cacheWriteTokens", k.metering,
      k."costMicros", k."priceTable", k."upstreamRequestId"
    FROM known k ORDER BY k.org, k.id, k.ordinality
    ON CONFLICT DO NOTHING
    RETURNING id
  ), payload_rows AS (
    INSERT INTO org.payloads (org_id, id, part, v, sealed)
    SELECT k.org, k.id, 'reply', 1, substring(payloads FROM k."payloadFrom" FOR k."payloadBytes")
    FROM known k WHERE k."payloadFrom" IS NOT NULL
    ORDER BY k.org, k.id, k.ordinality
    ON CONFLICT DO NOTHING
  )
  SELECT count(*) INTO closed FROM closing;
  IF closed = json_array_length(outcomes) THEN RETURN closed; END IF;

  -- In a statement of its own: what another transaction was writing above has committed by now, and is seen.
  INSERT INTO org.corrections (org_id, id, v, outcome)
  SELECT DISTINCT g.org, g.id, 1, g.whole - 'payloadFrom' - 'payloadBytes'
  FROM org.read_outcomes(outcomes::jsonb) g
  CROSS JOIN LATERAL (SELECT * FROM org.outcomes o WHERE o.org_id = g.org AND o.id = g.id LIMIT 1) o
  WHERE (o.outcome, o.status, o.error, o.latency_ms, o.first_byte_ms, o.response_bytes, o.model, o.input_tokens,
         o.output_tokens, o.cache_read_tokens, o.cache_write_tokens, o.metering, o.cost_micros, o.price_table,
         o.upstream_request_id)
    IS DISTINCT FROM
        (g.outcome, g.status, g.error, g.latency_ms, g.first_byte_ms, g.response_bytes, g.model, g.input_tokens,
         g.output_tokens, g.cache_read_tokens, g.cache_write_tokens, g.metering, g.cost_micros, g.price_table,
         g.upstream_request_id)
    AND NOT EXISTS (SELECT FROM org.corrections c WHERE c.org_id = g.org AND c.id = g.id
                      AND c.outcome = g.whole - 'payloadFrom' - 'payloadBytes');
  RETURN closed;
END $$;
REVOKE EXECUTE ON FUNCTION org.settle_2(json, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.settle_2(json, bytea) TO yolo_gateway;
ALTER FUNCTION org.settle_2(json, bytea) OWNER TO yolo_admission;

REVOKE CREATE ON SCHEMA org FROM yolo_admission;
