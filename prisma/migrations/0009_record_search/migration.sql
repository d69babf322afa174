-- Search over records. What is searched is a narrow copy of each closed record, made after the fact, so that admission
-- and settlement carry no index but one on `xid`. What is not copied yet is read where it stands: together they are
-- every record exactly once, in one snapshot.

-- Sessions by their start.
CREATE INDEX sessions_started_idx ON org.sessions (org_id, started_at DESC, id DESC);

-- Outcomes in the order in which their transactions began; a batch shares one value.
CREATE INDEX outcomes_xid_idx ON org.outcomes (xid);

-- The shape that is searched, of any record.
--   rules  the rules that decided, or would have: a line for each, `<policy, 32 hex digits>#<rule id>`
--   text   what free text finds, in lower case; it holds what has a column too, so that one index serves every filter
CREATE VIEW org.record_shapes WITH (security_invoker = true) AS
  SELECT i.org_id, i.id, i.at, i.session_id, i.agent_id, i.user_id, i.decision, i.would, o.outcome, o.status, i.verb,
    i.resource, o.model, o.input_tokens, o.output_tokens, o.cost_micros, n.rules,
    lower(concat_ws(E'\n', i.verb, i.resource, o.model, i.explanation, o.error, i.client_ref, i.subagent,
      array_to_string(i.labels, ' '), o.outcome, o.status) || n.rules) AS text
  FROM org.intents i
  LEFT JOIN org.outcomes o ON o.org_id = i.org_id AND o.id = i.id
  CROSS JOIN LATERAL (
    SELECT E'\n' || coalesce(
      string_agg(DISTINCT replace(r.rule ->> 'policyId', '-', '') || '#' || (r.rule ->> 'id') || E'\n', ''), '') AS rules
    FROM jsonb_array_elements(CASE i.rules WHEN i.would_rules THEN i.rules ELSE i.rules || i.would_rules END) r(rule)) n;
GRANT SELECT ON org.record_shapes TO yolo_app, yolo_admission;

CREATE TABLE org.record_search (
  org_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz(3) NOT NULL,
  session_id uuid NOT NULL,
  agent_id uuid NOT NULL,
  user_id text NOT NULL,
  decision text NOT NULL,
  would text NOT NULL,
  outcome text NOT NULL,
  status integer,
  verb text NOT NULL,
  resource text NOT NULL,
  model text,
  input_tokens bigint,
  output_tokens bigint,
  cost_micros bigint,
  rules text NOT NULL,
  text text NOT NULL,
  CONSTRAINT record_search_pkey PRIMARY KEY (org_id, id)
);
CREATE INDEX record_search_session_idx ON org.record_search (org_id, session_id, id);
CREATE INDEX record_search_agent_idx ON org.record_search (org_id, agent_id, id);
CREATE INDEX record_search_decision_idx ON org.record_search (org_id, decision, id);
CREATE INDEX record_search_user_idx ON org.record_search (org_id, user_id, id);
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE INDEX record_search_text_idx ON org.record_search USING gin (text public.gin_trgm_ops);
ALTER TABLE org.record_search ENABLE ROW LEVEL SECURITY;
ALTER TABLE org.record_search FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON org.record_search TO yolo_app USING (org_id = org.scope()) WITH CHECK (org_id = org.scope());
CREATE POLICY admission ON org.record_search TO yolo_admission USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON org.record_search TO yolo_admission;

-- What the copied records of an hour used, by agent. The hour is that of the record ids: hours since 1970.
CREATE TABLE org.usage_hours (
  org_id uuid NOT NULL,
  hour bigint NOT NULL,
  agent_id uuid NOT NULL,
  calls bigint NOT NULL,
  refused bigint NOT NULL,
  input_tokens bigint NOT NULL,
  output_tokens bigint NOT NULL,
  cost_micros bigint NOT NULL,
  CONSTRAINT usage_hours_pkey PRIMARY KEY (org_id, hour, agent_id)
);
ALTER TABLE org.usage_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE org.usage_hours FORCE ROW LEVEL SECURITY;
CREATE POLICY app ON org.usage_hours TO yolo_app USING (org_id = org.scope()) WITH CHECK (org_id = org.scope());
CREATE POLICY admission ON org.usage_hours TO yolo_admission USING (true) WITH CHECK (true);
GRANT SELECT ON org.usage_hours TO yolo_app;
GRANT SELECT, INSERT, UPDATE ON org.usage_hours TO yolo_admission;

-- Every outcome whose transaction is below this one has been copied. One row.
CREATE TABLE directory.record_index (
  one boolean NOT NULL DEFAULT true,
  copied_below xid8 NOT NULL,
  CONSTRAINT record_index_pkey PRIMARY KEY (one),
  CONSTRAINT record_index_one CHECK (one)
);
INSERT INTO directory.record_index (copied_below) VALUES ('0');
GRANT SELECT, UPDATE ON directory.record_index TO yolo_admission;

GRANT CREATE ON SCHEMA org TO yolo_admission;

-- The hour of a record id (RFC 9562: its first 48 bits are milliseconds since 1970).
CREATE FUNCTION org.hour_of(id uuid) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint / 3600000;

-- Copies what has been closed since, about `most` records; and adds them up by hour; returns how many.
-- One at a time: another call copies nothing.
CREATE FUNCTION org.copy_records_1(most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  since xid8;
  until xid8;
  last_taken xid8;
  copied integer;
BEGIN
  SELECT p.copied_below INTO since FROM directory.record_index p FOR UPDATE SKIP LOCKED;
  IF NOT FOUND THEN RETURN 0; END IF;
  -- Whatever began below this has ended: nothing can be committed there any more.
  until := pg_snapshot_xmin(pg_current_snapshot());
  SELECT o.xid INTO last_taken FROM org.outcomes o
    WHERE o.xid >= since AND o.xid < until ORDER BY o.xid OFFSET most - 1 LIMIT 1;
  IF FOUND THEN
    SELECT o.xid INTO last_taken FROM org.outcomes o
      WHERE o.xid > last_taken AND o.xid < until ORDER BY o.xid LIMIT 1;
    IF FOUND THEN until := last_taken; END IF;
  END IF;
  WITH copies AS (
    INSERT INTO org.record_search
    SELECT s.* FROM org.outcomes o
    JOIN org.record_shapes s ON s.org_id = o.org_id AND s.id = o.id
    WHERE o.xid >= since AND o.xid < until
    ORDER BY o.org_id, o.id
    ON CONFLICT DO NOTHING
    RETURNING org_id, id, agent_id, decision, input_tokens, output_tokens, cost_micros
  ), hours AS (
    INSERT INTO org.usage_hours AS u (org_id, hour, agent_id, calls, refused, input_tokens, output_tokens, cost_micros)
    SELECT c.org_id, org.hour_of(c.id), c.agent_id, count(*), count(*) FILTER (WHERE c.decision <> 'allow'),
      coalesce(sum(c.input_tokens), 0), coalesce(sum(c.output_tokens), 0), coalesce(sum(c.cost_micros), 0)
    FROM copies c GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (org_id, hour, agent_id) DO UPDATE
      SET calls = u.calls + EXCLUDED.calls, refused = u.refused + EXCLUDED.refused,
        input_tokens = u.input_tokens + EXCLUDED.input_tokens, output_tokens = u.output_tokens + EXCLUDED.output_tokens,
        cost_micros = u.cost_micros + EXCLUDED.cost_micros
  )
  SELECT count(*) INTO copied FROM copies;
  UPDATE directory.record_index SET copied_below = until WHERE copied_below < until;
  RETURN copied;
END $$;
REVOKE EXECUTE ON FUNCTION org.copy_records_1(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.copy_records_1(integer) TO yolo_app;
ALTER FUNCTION org.copy_records_1(integer) OWNER TO yolo_admission;

-- The records of the scope's org that have no copy: closed since, or open. An open one is never older than the lease
-- of its instance says. Planned for the bounds at hand: what they leave is little, which no general plan knows.
CREATE FUNCTION org.uncopied_records_1() RETURNS TABLE (id uuid)
  LANGUAGE plpgsql STABLE PARALLEL RESTRICTED SECURITY DEFINER ROWS 100
  SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  own uuid := org.scope();
  since xid8 := (SELECT p.copied_below FROM directory.record_index p);
  oldest_open uuid := (SELECT n.open_from FROM directory.instances n WHERE n.swept_at IS NULL ORDER BY n.open_from LIMIT 1);
BEGIN
  RETURN QUERY
  SELECT o.id FROM org.outcomes o WHERE o.org_id = own AND o.xid >= since
  UNION ALL
  SELECT i.id FROM org.intents i
  WHERE i.org_id = own AND i.id >= oldest_open
    AND NOT EXISTS (SELECT FROM org.outcomes o WHERE o.org_id = i.org_id AND o.id = i.id);
END $$;
REVOKE EXECUTE ON FUNCTION org.uncopied_records_1() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.uncopied_records_1() TO yolo_app;
ALTER FUNCTION org.uncopied_records_1() OWNER TO yolo_admission;

-- The copies of the scope's org. Row security would keep patterns from the index (LIKE is not leakproof): the scope is
-- a condition of this view instead, which those who serve calls cannot go around, since the table itself is not theirs.
CREATE VIEW org.copied_records AS SELECT * FROM org.record_search WHERE org_id = org.scope();
GRANT SELECT ON org.copied_records TO yolo_app;
REVOKE ALL ON org.copied_records FROM CURRENT_USER;
ALTER VIEW org.copied_records OWNER TO yolo_admission;

REVOKE CREATE ON SCHEMA org FROM yolo_admission;
