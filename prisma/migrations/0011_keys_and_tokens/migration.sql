-- API tokens with scopes, agent keys with names and successors, answers that are given again, when a key was last used.

-- What a token may do at most: `*`, `agents:*` or a permission. Those made before may do what their member may.
ALTER TABLE org.api_tokens ADD COLUMN scopes text[] NOT NULL DEFAULT '{*}';
ALTER TABLE org.api_tokens ALTER COLUMN scopes DROP DEFAULT;
ALTER TABLE org.api_tokens ADD CONSTRAINT api_tokens_scopes CHECK (cardinality(scopes) > 0);
ALTER TABLE org.api_tokens ADD COLUMN last_used_at timestamptz(3);

ALTER TABLE org.agent_keys ADD COLUMN name text;
-- The key that this one takes over from; a key has one successor at most.
ALTER TABLE org.agent_keys ADD COLUMN rotated_from uuid;
ALTER TABLE org.agent_keys ADD CONSTRAINT agent_keys_org_id_rotated_from_fkey FOREIGN KEY (org_id, rotated_from)
  REFERENCES org.agent_keys (org_id, id) ON DELETE RESTRICT ON UPDATE RESTRICT;
CREATE UNIQUE INDEX agent_keys_org_id_rotated_from_key ON org.agent_keys (org_id, rotated_from);

-- The answers of requests that came with an Idempotency-Key, sealed by the org's data key with what was asked.
CREATE TABLE org.idempotency_keys (
  org_id uuid NOT NULL,
  -- The member who asked.
  actor_id uuid NOT NULL,
  key text NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  sealed bytea NOT NULL,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (org_id, actor_id, key),
  CONSTRAINT idempotency_keys_length CHECK (length(key) BETWEEN 1 AND 255)
);
CREATE INDEX idempotency_keys_at_idx ON org.idempotency_keys (at);

-- When a key was last used. Not in agent_keys, where every change bumps the org's revision.
CREATE TABLE org.key_uses (
  org_id uuid NOT NULL,
  key_id uuid NOT NULL,
  last_used_at timestamptz(3) NOT NULL,
  CONSTRAINT key_uses_pkey PRIMARY KEY (org_id, key_id)
);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['idempotency_keys', 'key_uses'] LOOP
    EXECUTE format('ALTER TABLE org.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE org.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY app ON org.%I TO yolo_app USING (org_id = org.scope()) WITH CHECK (org_id = org.scope())', t);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON org.idempotency_keys TO yolo_app;
GRANT SELECT ON org.key_uses TO yolo_app;

GRANT USAGE ON SCHEMA org TO yolo_eraser;
CREATE POLICY eraser ON org.idempotency_keys TO yolo_eraser USING (true);
GRANT SELECT (org_id, actor_id, key, at), DELETE ON org.idempotency_keys TO yolo_eraser;
CREATE POLICY admission ON org.key_uses TO yolo_admission USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON org.key_uses TO yolo_admission;

GRANT CREATE ON SCHEMA org TO yolo_admission, yolo_eraser;

-- Erases the answers that are not given again any more, the oldest first; returns how many.
CREATE FUNCTION org.erase_idempotency_keys_1(most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  erased integer;
BEGIN
  DELETE FROM org.idempotency_keys WHERE (org_id, actor_id, key) IN (
    SELECT k.org_id, k.actor_id, k.key FROM org.idempotency_keys k
    WHERE k.at < clock_timestamp() - interval '24 hours' ORDER BY k.at LIMIT most);
  GET DIAGNOSTICS erased = ROW_COUNT;
  RETURN erased;
END $$;
REVOKE EXECUTE ON FUNCTION org.erase_idempotency_keys_1(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.erase_idempotency_keys_1(integer) TO yolo_app;
ALTER FUNCTION org.erase_idempotency_keys_1(integer) OWNER TO yolo_eraser;

-- Notes the latest use of every key since the last pass; returns how many keys were used. A call whose id is older than
-- the latest use noted by less than 15 seconds is still seen: gateways' clocks differ, and an admission takes its time.
CREATE FUNCTION org.note_key_uses_1() RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  used integer;
  since timestamptz;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('note_key_uses', 0)) THEN RETURN 0; END IF;
  SELECT coalesce(max(u.last_used_at), 'epoch') - interval '15 seconds' INTO since FROM org.key_uses u;
  INSERT INTO org.key_uses AS u (org_id, key_id, last_used_at)
    SELECT i.org_id, i.key_id, max(i.at) FROM org.intents i
    WHERE i.id >= org.lowest_id(greatest(since, 'epoch')) GROUP BY 1, 2
  ON CONFLICT (org_id, key_id) DO UPDATE SET last_used_at = excluded.last_used_at
    WHERE excluded.last_used_at > u.last_used_at;
  GET DIAGNOSTICS used = ROW_COUNT;
  RETURN used;
END $$;
REVOKE EXECUTE ON FUNCTION org.note_key_uses_1() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.note_key_uses_1() TO yolo_app;
ALTER FUNCTION org.note_key_uses_1() OWNER TO yolo_admission;

REVOKE CREATE ON SCHEMA org FROM yolo_admission, yolo_eraser;
