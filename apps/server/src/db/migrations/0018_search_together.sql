-- The palette asks for the records of every kind at once. One function answers all of them, so that a further kind
-- costs a few steps down the index and no plan, and what is read of documents does not grow with the number of kinds.

CREATE FUNCTION search_together(
  organization uuid, kinds jsonb, readings jsonb, whole_title text, of_titles int, of_words int
) RETURNS TABLE (object text, id uuid, owner_id uuid, title text, subtitle text) LANGUAGE plpgsql STABLE ROWS 50
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  kind text; owners uuid[]; leads text[]; tests text[]; mask bigint; called text;
  by_word uuid[];
  found_kinds text[] := '{}'; found_ids uuid[] := '{}'; found_ways int[] := '{}'; found_places int[] := '{}';
BEGIN
  FOR kind, owners IN SELECT k.kind, k.owners FROM jsonb_to_recordset(kinds) k (kind text, owners uuid[]) LOOP
    called := kind || ' ' || whole_title;
    by_word := '{}';
    FOR leads, tests, mask IN
      SELECT array(SELECT kind || ' ' || l FROM unnest(r.leads) l), r.tests, r.mask
      FROM jsonb_to_recordset(readings) r (leads text[], tests text[], mask bigint)
    LOOP
      -- Most kinds have no such word at all, which one step down the index tells.
      CONTINUE WHEN EXISTS (SELECT FROM unnest(leads) l WHERE NOT EXISTS (
        SELECT FROM search_words s
        WHERE s.organization_id = organization AND s.word >= l AND s.word < l || chr(1114111) OFFSET 0));
      by_word := by_word || array(SELECT search_newest(organization, kind, leads, tests, mask, owners,
        'ffffffff-ffff-ffff-ffff-ffffffffffff', of_words));
    END LOOP;
    CONTINUE WHEN cardinality(by_word) = 0 AND NOT EXISTS (SELECT FROM search_words s
      WHERE s.organization_id = organization AND s.word >= called AND s.word < called || chr(1114111));
    WITH mine AS (
      (SELECT 1 AS way, s.record_id FROM search_words s
        WHERE s.organization_id = organization AND s.word = called
          AND (owners IS NULL OR EXISTS (SELECT FROM search_documents o WHERE o.organization_id = organization
            AND o.object = kind AND o.record_id = s.record_id AND o.owner_id = ANY (owners)))
        ORDER BY s.record_id DESC LIMIT of_titles)
      UNION ALL
      -- In the order of the index: tens of thousands of titles may begin with a first name.
      (SELECT 2, s.record_id FROM search_words s
        WHERE s.organization_id = organization AND s.word >= called AND s.word < called || chr(1114111)
          AND (owners IS NULL OR EXISTS (SELECT FROM search_documents o WHERE o.organization_id = organization
            AND o.object = kind AND o.record_id = s.record_id AND o.owner_id = ANY (owners)))
        LIMIT of_titles)
      UNION ALL
      (SELECT 3, w FROM (SELECT DISTINCT u AS w FROM unnest(by_word) u) x ORDER BY w DESC LIMIT of_words)
    ), placed AS (
      SELECT m.way, m.record_id, row_number() OVER (PARTITION BY m.way ORDER BY m.record_id DESC)::int AS place FROM mine m
    )
    SELECT found_kinds || array_agg(kind ORDER BY p.way, p.place), found_ids || array_agg(p.record_id ORDER BY p.way, p.place),
      found_ways || array_agg(p.way ORDER BY p.way, p.place), found_places || array_agg(p.place ORDER BY p.way, p.place)
    INTO found_kinds, found_ids, found_ways, found_places FROM placed p;
  END LOOP;
  -- Each kind in its turn, so that many of one do not keep the others out.
  RETURN QUERY SELECT d.object, d.record_id, d.owner_id, d.title, d.subtitle FROM (
      SELECT DISTINCT t.kind AS of_kind, t.record_id FROM (
        SELECT f.kind, f.record_id, f.way,
          row_number() OVER (PARTITION BY f.way ORDER BY f.place, f.record_id DESC) AS turn
        FROM unnest(found_kinds, found_ids, found_ways, found_places) f (kind, record_id, way, place)) t
      WHERE t.turn <= CASE t.way WHEN 3 THEN of_words ELSE of_titles END) c
    CROSS JOIN LATERAL (
      SELECT x.* FROM search_documents x
      WHERE x.organization_id = organization AND x.object = c.of_kind AND x.record_id = c.record_id OFFSET 0) d
    ORDER BY d.record_id DESC;
END $$;
COMMENT ON FUNCTION search_together IS
  'The newest records of all `kinds` (kind, and owners or null for those of everyone) that match one of the `readings` (leads without their kind, tests, mask), and those whose title is or begins with `whole_title`: at most `of_words` and twice `of_titles` in all.';
