-- When a key was last used is noted as its records are copied: each record once, by the index that copying has anyway.
-- `note_key_uses_1`, which workers that still run go on calling, read the last seconds of all intents by an index that
-- knows only what was vacuumed since, and after a long absence everything at once.
GRANT CREATE ON SCHEMA org TO yolo_admission;

-- Copies what has been closed since, about `most` records, adds them up by hour, and notes when their keys were last
-- used; returns how many.
-- One at a time: another call copies nothing.
CREATE FUNCTION org.copy_records_2(most integer) RETURNS integer
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
  ), keys AS (
    -- By key of the table, one record at a time, whatever the planner believes about its size.
    INSERT INTO org.key_uses AS u (org_id, key_id, last_used_at)
    SELECT c.org_id, i.key_id, max(i.at) FROM copies c
    CROSS JOIN LATERAL (
      SELECT t.key_id, t.at FROM org.intents t WHERE t.org_id = c.org_id AND t.id = c.id LIMIT 1) i
    GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT (org_id, key_id) DO UPDATE SET last_used_at = EXCLUDED.last_used_at
      WHERE EXCLUDED.last_used_at > u.last_used_at
  )
  SELECT count(*) INTO copied FROM copies;
  UPDATE directory.record_index SET copied_below = until WHERE copied_below < until;
  RETURN copied;
END $$;
REVOKE EXECUTE ON FUNCTION org.copy_records_2(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.copy_records_2(integer) TO yolo_app;
ALTER FUNCTION org.copy_records_2(integer) OWNER TO yolo_admission;

REVOKE CREATE ON SCHEMA org FROM yolo_admission;
