-- The audit log: who did what, from where, with what result. Rows form a hash chain per organization, so that one
-- that was altered, removed or slipped in is found by `npm run audit:verify`. docs/decisions/0010-audit.md.

CREATE TABLE audit_heads (
  organization_id uuid PRIMARY KEY REFERENCES organizations,
  seq             bigint NOT NULL,
  hash            bytea NOT NULL,
  occurred_at     timestamptz(3) NOT NULL
);
COMMENT ON TABLE audit_heads IS
  'Platform: number, hash and time of the newest audit entry of each organization. Its row lock orders the entries; entries removed from the end are found by it.';

CREATE TABLE audit_log (
  organization_id uuid NOT NULL REFERENCES organizations,
  seq             bigint NOT NULL,
  occurred_at     timestamptz(3) NOT NULL,
  category        text COLLATE "C" NOT NULL,
  action          text COLLATE "C" NOT NULL,
  outcome         text COLLATE "C" NOT NULL,
  object          text COLLATE "C" NOT NULL,
  record_id       uuid,
  record_name     text,
  before          jsonb,
  after           jsonb,
  content_salt    uuid,
  content_hash    bytea NOT NULL,
  actor_kind      text COLLATE "C" NOT NULL,
  actor_id        uuid,
  actor_name      text,
  ip              text,
  user_agent      text,
  actor_salt      uuid,
  actor_hash      bytea NOT NULL,
  request_id      text,
  erases          jsonb,
  hash            bytea NOT NULL,
  PRIMARY KEY (organization_id, seq)
);
CREATE INDEX audit_log_action  ON audit_log (organization_id, action, seq);
CREATE INDEX audit_log_record  ON audit_log (organization_id, object, record_id, seq);
CREATE INDEX audit_log_actor   ON audit_log (organization_id, actor_id, seq);
CREATE INDEX audit_log_security ON audit_log (organization_id, seq) WHERE category = 'security';
CREATE INDEX audit_log_refused ON audit_log (organization_id, seq) WHERE outcome = 'refused';
SELECT protect('audit_log');

COMMENT ON TABLE audit_log IS 'What was changed or refused, by whom and from where; append-only, each row chained to the one before.';
COMMENT ON COLUMN audit_log.seq IS 'Without a gap from 1 on; occurred_at never decreases along it.';
COMMENT ON COLUMN audit_log.outcome IS 'success or refused.';
COMMENT ON COLUMN audit_log.before IS 'Changed fields as they were, spelled and valued as in the API.';
COMMENT ON COLUMN audit_log.actor_id IS 'User, API key or whatever else actor_kind names; null when the system acts.';
COMMENT ON COLUMN audit_log.content_salt IS
  'Random. Null once record_name, before and after were erased: content_hash then tells nothing of them any more.';
COMMENT ON COLUMN audit_log.content_hash IS 'SHA-256 of content_salt and [record_name, before, after].';
COMMENT ON COLUMN audit_log.actor_salt IS 'Random. Null once actor_name, ip and user_agent were erased.';
COMMENT ON COLUMN audit_log.actor_hash IS 'SHA-256 of actor_salt and [actor_name, ip, user_agent].';
COMMENT ON COLUMN audit_log.erases IS 'Of an erasure: the numbers of the entries that it blanked, {"content": [...], "actor": [...]}.';
COMMENT ON COLUMN audit_log.hash IS 'SHA-256 of the hash of the entry before and the digest of this one.';

-- Running hash of a batch: each row's hash covers the one before, the first one covers the seed.
CREATE FUNCTION audit_link(state bytea, digest bytea, seed bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$ BEGIN RETURN sha256(coalesce(state, seed) || digest); END $$;
CREATE AGGREGATE audit_chain(digest bytea, seed bytea) (SFUNC = audit_link, STYPE = bytea);

CREATE FUNCTION append_audit(organization uuid, actor jsonb, entries jsonb) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  head       audit_heads%ROWTYPE;
  moment     timestamptz(3);
  who_salt   uuid := gen_random_uuid();
  who_hash   bytea := sha256(uuid_send(who_salt) || convert_to(
    jsonb_build_array(actor->>'name', actor->>'ip', actor->>'user_agent')::text, 'UTF8'));
BEGIN
  SELECT h.* INTO head FROM audit_heads h WHERE h.organization_id = organization FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO audit_heads
    SELECT o.id, 0, sha256(uuid_send(o.id)), '-infinity' FROM organizations o WHERE o.id = organization
    ON CONFLICT DO NOTHING;
    SELECT h.* INTO head FROM audit_heads h WHERE h.organization_id = organization FOR UPDATE;
    IF NOT FOUND THEN RETURN NULL; END IF;
  END IF;
  moment := greatest(clock_timestamp()::timestamptz(3), head.occurred_at);

  WITH given AS MATERIALIZED (
    SELECT e.*, head.seq + e.place AS seq, gen_random_uuid() AS salt
    FROM ROWS FROM (jsonb_to_recordset(entries) AS (
      category text, action text, outcome text, object text, record_id uuid, record_name text, before jsonb, after jsonb, erases jsonb
    )) WITH ORDINALITY AS e (category, action, outcome, object, record_id, record_name, before, after, erases, place)
  ), salted AS MATERIALIZED (
    SELECT g.*, sha256(uuid_send(g.salt) || convert_to(
      jsonb_build_array(g.record_name, g.before, g.after)::text, 'UTF8')) AS content_hash
    FROM given g
  ), linked AS (
    SELECT s.*, audit_chain(sha256(convert_to(jsonb_build_array(
        organization, s.seq, (extract(epoch FROM moment) * 1000)::bigint, s.category, s.action, s.outcome, s.object, s.record_id,
        encode(s.content_hash, 'hex'), actor->>'kind', actor->>'id', encode(who_hash, 'hex'),
        actor->>'request_id', s.erases)::text, 'UTF8')), head.hash) OVER (ORDER BY s.place) AS hash
    FROM salted s
  ), written AS (
    INSERT INTO audit_log (organization_id, seq, occurred_at, category, action, outcome, object, record_id, record_name,
      before, after, content_salt, content_hash, actor_kind, actor_id, actor_name, ip, user_agent, actor_salt, actor_hash,
      request_id, erases, hash)
    SELECT organization, l.seq, moment, l.category, l.action, l.outcome, l.object, l.record_id, l.record_name,
      l.before, l.after, l.salt, l.content_hash, actor->>'kind', (actor->>'id')::uuid, actor->>'name', actor->>'ip',
      actor->>'user_agent', who_salt, who_hash, actor->>'request_id', l.erases, l.hash
    FROM linked l ORDER BY l.seq
    RETURNING seq, hash
  )
  SELECT w.seq, w.hash INTO head.seq, head.hash FROM written w ORDER BY w.seq DESC LIMIT 1;

  UPDATE audit_heads h SET seq = head.seq, hash = head.hash, occurred_at = moment WHERE h.organization_id = organization;
  RETURN head.seq;
END $$;
COMMENT ON FUNCTION append_audit IS
  'Numbers, chains and writes entries as the last thing of a transaction. Answers the newest number; null when there is no such organization.';

CREATE FUNCTION keep_audit_log() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  content text[] := ARRAY['record_name', 'before', 'after', 'content_salt'];
  actor   text[] := ARRAY['actor_name', 'ip', 'user_agent', 'actor_salt'];
BEGIN
  IF TG_OP = 'UPDATE' AND current_setting('rapport.audit_erasure', true) = 'on'
    AND to_jsonb(NEW) - content - actor = to_jsonb(OLD) - content - actor
    AND (num_nonnulls(NEW.record_name, NEW.before, NEW.after, NEW.content_salt) = 0
      OR (NEW.record_name, NEW.before, NEW.after, NEW.content_salt)
        IS NOT DISTINCT FROM (OLD.record_name, OLD.before, OLD.after, OLD.content_salt))
    AND (num_nonnulls(NEW.actor_name, NEW.ip, NEW.user_agent, NEW.actor_salt) = 0
      OR (NEW.actor_name, NEW.ip, NEW.user_agent, NEW.actor_salt)
        IS NOT DISTINCT FROM (OLD.actor_name, OLD.ip, OLD.user_agent, OLD.actor_salt))
  THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'insufficient_privilege';
END $$;
COMMENT ON FUNCTION keep_audit_log IS
  'Refuses every change of the audit log but the blanking of personal values, which the erasure announces and records.';
CREATE TRIGGER audit_log_kept BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION keep_audit_log();
CREATE TRIGGER audit_log_kept_whole BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();
