-- A gateway process lives by its lease, on the database's clock.

-- Registers an instance, or renews its lease. False: the lease has ended, and this id never lives again.
-- `oldest_open` is a record id: no record of this instance below it is open.
CREATE FUNCTION directory.renew_lease_1(instance uuid, oldest_open uuid, seconds integer) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  INSERT INTO directory.instances AS i (id, lease_until, open_from)
    VALUES (instance, clock_timestamp() + make_interval(secs => seconds), oldest_open)
    ON CONFLICT (id) DO UPDATE
      SET lease_until = EXCLUDED.lease_until, open_from = EXCLUDED.open_from
      WHERE i.ended_at IS NULL AND i.lease_until > clock_timestamp();
  RETURN FOUND;
END $$;
REVOKE EXECUTE ON FUNCTION directory.renew_lease_1(uuid, uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory.renew_lease_1(uuid, uuid, integer) TO yolo_gateway;
ALTER FUNCTION directory.renew_lease_1(uuid, uuid, integer) OWNER TO yolo_admission;

-- A process that goes in order gives its lease back.
CREATE FUNCTION directory.end_lease_1(instance uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ UPDATE directory.instances SET ended_at = clock_timestamp() WHERE id = instance AND ended_at IS NULL $$;
REVOKE EXECUTE ON FUNCTION directory.end_lease_1(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION directory.end_lease_1(uuid) TO yolo_gateway;
ALTER FUNCTION directory.end_lease_1(uuid) OWNER TO yolo_admission;

-- Closes as `unknown` the open records of instances whose lease has ended, and of no others; returns how many.
-- An admission that was under way when its lease ended may still commit: statement_timeout bounds it well below
-- ten seconds, so an instance is swept again until that long after its end.
CREATE FUNCTION org.sweep_instances_1() RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  dead uuid[];
  since uuid;
  closed integer;
BEGIN
  UPDATE directory.instances SET ended_at = clock_timestamp()
    WHERE ended_at IS NULL AND lease_until < clock_timestamp();
  SELECT array_agg(d.id), (array_agg(d.open_from ORDER BY d.open_from))[1] INTO dead, since FROM (
    SELECT i.id, i.open_from FROM directory.instances i
    WHERE i.ended_at IS NOT NULL AND i.swept_at IS NULL
    ORDER BY i.id FOR UPDATE SKIP LOCKED) d;
  -- One statement, in the order in which `settle_1` writes, so that the two never wait for each other in a circle.
  INSERT INTO org.outcomes (org_id, id, v, outcome)
    SELECT t.org_id, t.id, 1, 'unknown' FROM org.intents t
    JOIN directory.instances i ON i.id = t.instance_id AND i.open_from <= t.id
    WHERE t.id >= since AND t.instance_id = ANY (dead)
      AND NOT EXISTS (SELECT FROM org.outcomes o WHERE o.org_id = t.org_id AND o.id = t.id)
    ORDER BY t.org_id, t.id
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS closed = ROW_COUNT;
  UPDATE directory.instances SET swept_at = clock_timestamp()
    WHERE id = ANY (dead) AND ended_at < clock_timestamp() - interval '10 seconds';
  RETURN closed;
END $$;
REVOKE EXECUTE ON FUNCTION org.sweep_instances_1() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.sweep_instances_1() TO yolo_app;
ALTER FUNCTION org.sweep_instances_1() OWNER TO yolo_admission;
