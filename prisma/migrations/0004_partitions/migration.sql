-- Records are partitioned by month of their id. A default partition catches what no month does.
CREATE FUNCTION org.lowest_id(moment timestamptz) RETURNS uuid
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid;

-- Makes the partitions of this month and the next `months` ones; returns how many were new. A new partition locks its
-- whole table: behind somebody who reads for long, calls would queue up, so it gives up well before their deadline.
CREATE FUNCTION org.make_partitions_1(months integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '500ms'
AS $$
DECLARE
  parent text;
  child text;
  month timestamptz;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('make_partitions', 0));
  FOREACH parent IN ARRAY ARRAY['intents', 'outcomes', 'payloads'] LOOP
    FOR i IN 0 .. months LOOP
      month := date_trunc('month', now(), 'UTC') + make_interval(months => i);
      child := parent || '_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
      CONTINUE WHEN to_regclass('org.' || child) IS NOT NULL;
      EXECUTE format('CREATE TABLE org.%I PARTITION OF org.%I FOR VALUES FROM (%L) TO (%L)', child, parent,
        org.lowest_id(month), org.lowest_id(date_trunc('month', month + interval '40 days', 'UTC')));
      EXECUTE format('ALTER TABLE org.%I ENABLE ROW LEVEL SECURITY', child);
      EXECUTE format('ALTER TABLE org.%I FORCE ROW LEVEL SECURITY', child);
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;
REVOKE EXECUTE ON FUNCTION org.make_partitions_1(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.make_partitions_1(integer) TO yolo_app;

DO $$
DECLARE
  parent text;
BEGIN
  FOREACH parent IN ARRAY ARRAY['intents', 'outcomes', 'payloads'] LOOP
    EXECUTE format('CREATE TABLE org.%I PARTITION OF org.%I DEFAULT', parent || '_default', parent);
    EXECUTE format('ALTER TABLE org.%I ENABLE ROW LEVEL SECURITY', parent || '_default');
    EXECUTE format('ALTER TABLE org.%I FORCE ROW LEVEL SECURITY', parent || '_default');
  END LOOP;
  PERFORM org.make_partitions_1(2);
END $$;
