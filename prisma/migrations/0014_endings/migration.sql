-- What has ended by time is cleared away. Sessions and verifications are the app's to delete; invitations keep their row.
CREATE INDEX invitations_open_expires_at_idx ON org.invitations (expires_at)
  WHERE revoked_at IS NULL AND accepted_at IS NULL;
CREATE POLICY admission ON org.invitations TO yolo_admission USING (true) WITH CHECK (true);
GRANT SELECT (org_id, id, expires_at, revoked_at, accepted_at), UPDATE (revoked_at) ON org.invitations
  TO yolo_admission;

GRANT CREATE ON SCHEMA org TO yolo_admission;

-- Closes the invitations whose time was over a week ago, the oldest first; returns how many. Until then one can be sent
-- again.
CREATE FUNCTION org.close_invitations_1(most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  closed integer;
BEGIN
  UPDATE org.invitations SET revoked_at = clock_timestamp() WHERE (org_id, id) IN (
    SELECT i.org_id, i.id FROM org.invitations i
    WHERE i.revoked_at IS NULL AND i.accepted_at IS NULL AND i.expires_at < clock_timestamp() - interval '7 days'
    ORDER BY i.expires_at LIMIT most FOR UPDATE SKIP LOCKED);
  GET DIAGNOSTICS closed = ROW_COUNT;
  RETURN closed;
END $$;
REVOKE EXECUTE ON FUNCTION org.close_invitations_1(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION org.close_invitations_1(integer) TO yolo_app;
ALTER FUNCTION org.close_invitations_1(integer) OWNER TO yolo_admission;

REVOKE CREATE ON SCHEMA org FROM yolo_admission;
