-- Search forgives misspelling, and finds what is written beside records: notes, and the names of files.
-- docs/decisions/0038-search-near.md

ALTER TABLE search_documents ADD COLUMN of_object text COLLATE "C", ADD COLUMN of_id uuid;
COMMENT ON COLUMN search_documents.of_object IS 'Of what stands beside a record, as a note does: the kind of that record. Whoever may read it may find this.';
COMMENT ON COLUMN search_documents.of_id IS 'The record in of_object.';

CREATE TABLE search_near (
  organization_id uuid NOT NULL,
  piece           text COLLATE "C" NOT NULL,
  word            text COLLATE "C" NOT NULL,
  record_id       uuid NOT NULL,
  PRIMARY KEY (organization_id, piece, word, record_id)
);
SELECT protect('search_near');
COMMENT ON TABLE search_near IS 'Each word that an organization has written, under its first five letters and under each four of them: two words that differ in one letter there share a piece.';
COMMENT ON COLUMN search_near.record_id IS
  'The record that brought the word, which may be gone. Part of the key, so that two who bring one word at once need not wait for each other.';

CREATE FUNCTION search_pieces(word text) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
  SELECT left(word, 5) UNION
  SELECT left(word, n - 1) || substr(left(word, 5), n + 1) FROM generate_series(1, least(length(word), 5)) n
$$;
COMMENT ON FUNCTION search_pieces IS 'Under what a word stands in search_near, and what a misspelt one is looked up by.';

CREATE FUNCTION search_learn(organization uuid, words text[], records uuid[]) RETURNS text[] LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  fresh int[];
BEGIN
  SELECT coalesce(array_agg(w.place), '{}') INTO fresh FROM unnest(words) WITH ORDINALITY w (word, place)
  WHERE NOT EXISTS (SELECT FROM search_near n
    WHERE n.organization_id = organization AND n.piece = left(w.word, 5) AND n.word = w.word OFFSET 0);
  INSERT INTO search_near (organization_id, piece, word, record_id)
  SELECT organization, p.piece, words[f], records[f] FROM unnest(fresh) f CROSS JOIN LATERAL search_pieces(words[f]) p (piece)
  ON CONFLICT DO NOTHING;
  RETURN ARRAY(SELECT words[f] FROM unnest(fresh) f);
END $$;
COMMENT ON FUNCTION search_learn IS 'Adds the words that are not known yet, each with the record that brings it, and answers which these are.';

CREATE FUNCTION search_unlearn(organization uuid, words text[]) RETURNS int LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
  kinds text[]; gone int;
BEGIN
  WITH RECURSIVE step (kind) AS (
    (SELECT d.object FROM search_documents d WHERE d.organization_id = organization ORDER BY d.object LIMIT 1)
    UNION ALL
    SELECT (SELECT d.object FROM search_documents d
            WHERE d.organization_id = organization AND d.object > step.kind ORDER BY d.object LIMIT 1)
    FROM step WHERE step.kind IS NOT NULL
  ) SELECT coalesce(array_agg(step.kind) FILTER (WHERE step.kind IS NOT NULL), '{}') INTO kinds FROM step;
  DELETE FROM search_near n USING unnest(words) w (word) CROSS JOIN LATERAL search_pieces(w.word) p (piece)
  WHERE n.organization_id = organization AND n.piece = p.piece AND n.word = w.word
    AND NOT EXISTS (SELECT FROM unnest(kinds) k CROSS JOIN LATERAL (
      SELECT FROM search_words s WHERE s.organization_id = organization AND s.word = k || ' ' || w.word LIMIT 1) found);
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
COMMENT ON FUNCTION search_unlearn IS 'Takes away those of the words that lead to no record any more.';

CREATE FUNCTION search_alike(organization uuid, asked text[], most int) RETURNS TABLE (place int, word text) LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  RETURN QUERY SELECT a.place::int, near.word FROM unnest(asked) WITH ORDINALITY a (word, place) CROSS JOIN LATERAL (
    SELECT DISTINCT n.word FROM search_pieces(a.word) p (piece) CROSS JOIN LATERAL (
      SELECT s.word FROM search_near s WHERE s.organization_id = organization AND s.piece = p.piece LIMIT most) n) near;
END $$;
COMMENT ON FUNCTION search_alike IS 'Words that share a piece with one that is asked for, and may be what was meant; at most `most` for each of its pieces.';

CREATE FUNCTION search_learn_all(organization uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO search_near (organization_id, piece, word, record_id)
  SELECT organization, p.piece, w.word, w.record_id FROM (
    SELECT DISTINCT ON (x.word) x.word, s.record_id FROM search_words s
    CROSS JOIN LATERAL (SELECT substr(s.word, strpos(s.word, ' ') + 1) AS word) x
    WHERE s.organization_id = organization AND length(x.word) BETWEEN 4 AND 30 AND x.word !~ '[ -`{-~]') w
  CROSS JOIN LATERAL search_pieces(w.word) p (piece) ON CONFLICT DO NOTHING
$$;
COMMENT ON FUNCTION search_learn_all IS 'Learns all words of letters that lead to records, where none has been learned as they came.';

DO $$
DECLARE
  organization uuid;
BEGIN
  FOR organization IN SELECT id FROM organizations LOOP
    PERFORM set_config('rapport.organization_id', organization::text, true);
    PERFORM search_learn_all(organization);
  END LOOP;
  PERFORM set_config('rapport.organization_id', '', true);
END $$;

DROP FUNCTION search_write;
CREATE FUNCTION search_write(
  organization uuid, objects text[], ids uuid[], owners uuid[], titles text[], subtitles text[], texts text[],
  beside_objects text[], beside_ids uuid[], marked bigint[], listed text[], places int[], known boolean
) RETURNS void LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  changed int[];
BEGIN
  IF known THEN
    SELECT coalesce(array_agg(n.place), '{}') INTO changed
    FROM unnest(objects, ids, texts) WITH ORDINALITY n (object, record_id, words, place)
    WHERE NOT EXISTS (SELECT FROM search_documents d
      WHERE d.organization_id = organization AND d.object = n.object AND d.record_id = n.record_id AND d.words = n.words);
    PERFORM search_forget(organization, objects[p], ids[p]) FROM unnest(changed) p;
  END IF;
  INSERT INTO search_words (organization_id, record_id, marks, word)
  SELECT organization, ids[w.place], marked[w.place], w.word FROM unnest(listed, places) w (word, place)
  WHERE NOT known OR w.place = ANY (changed);
  INSERT INTO search_documents AS s (organization_id, object, record_id, owner_id, title, subtitle, words, of_object, of_id)
  SELECT organization, n.* FROM unnest(objects, ids, owners, titles, subtitles, texts, beside_objects, beside_ids) n
  ON CONFLICT (organization_id, object, record_id) DO UPDATE
    SET owner_id = excluded.owner_id, title = excluded.title, subtitle = excluded.subtitle, words = excluded.words;
END $$;
COMMENT ON FUNCTION search_write IS
  'Writes documents (arrays, one element each) and the words that lead to them (`listed`, each with the place of its document). Unless `known`, the documents are new; otherwise words that stay as they were are not written again.';

-- Asked of every kind at once; which of them have all the words of a reading is found in one step.
DROP FUNCTION search_together;
CREATE FUNCTION search_together(
  organization uuid, kinds jsonb, readings jsonb, whole_title text, of_titles int, of_words int
) RETURNS TABLE (object text, id uuid, owner_id uuid, title text, subtitle text, of_object text, of_id uuid)
LANGUAGE plpgsql STABLE ROWS 50
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
#variable_conflict use_column
DECLARE
  asked record; called text;
  by_word uuid[]; last_kind text;
  found_kinds text[] := '{}'; found_ids uuid[] := '{}'; found_ways int[] := '{}'; found_places int[] := '{}';
BEGIN
  FOR asked IN
    SELECT k.kind, k.owners, l.leads, r.tests, r.mask, lead(k.kind) OVER (ORDER BY k.kind) IS DISTINCT FROM k.kind AS is_last
    FROM jsonb_to_recordset(kinds) k (kind text, owners uuid[])
    CROSS JOIN jsonb_to_recordset(readings) r (leads text[], tests text[], mask bigint)
    CROSS JOIN LATERAL (SELECT array(SELECT k.kind || ' ' || w FROM unnest(r.leads) w) AS leads) l
    -- Most kinds have no such word at all, which one step down the index tells.
    WHERE NOT EXISTS (SELECT FROM unnest(l.leads) w WHERE NOT EXISTS (
      SELECT FROM search_words s
      WHERE s.organization_id = organization AND s.word >= w AND s.word < w || chr(1114111) OFFSET 0))
    ORDER BY k.kind
  LOOP
    IF last_kind IS DISTINCT FROM asked.kind THEN by_word := '{}'; last_kind := asked.kind; END IF;
    by_word := by_word || array(SELECT search_newest(organization, asked.kind, asked.leads, asked.tests, asked.mask,
      asked.owners, 'ffffffff-ffff-ffff-ffff-ffffffffffff', of_words));
    CONTINUE WHEN NOT asked.is_last OR cardinality(by_word) = 0;
    called := asked.kind || ' ' || whole_title;
    -- So few that each will have its turn: those of that title are among them.
    IF cardinality(by_word) * jsonb_array_length(kinds) <= of_words THEN
      SELECT found_kinds || array_agg(asked.kind), found_ids || array_agg(p.record_id),
        found_ways || array_agg(3), found_places || array_agg(p.place)
      INTO found_kinds, found_ids, found_ways, found_places
      FROM (SELECT w AS record_id, row_number() OVER (ORDER BY w DESC)::int AS place
        FROM (SELECT DISTINCT u AS w FROM unnest(by_word) u) x) p;
      CONTINUE;
    END IF;
    WITH mine AS (
      (SELECT 1 AS way, s.record_id FROM search_words s
        WHERE s.organization_id = organization AND s.word = called
          AND (asked.owners IS NULL OR EXISTS (SELECT FROM search_documents o WHERE o.organization_id = organization
            AND o.object = asked.kind AND o.record_id = s.record_id AND o.owner_id = ANY (asked.owners)))
        ORDER BY s.record_id DESC LIMIT of_titles)
      UNION ALL
      -- In the order of the index: tens of thousands of titles may begin with a first name.
      (SELECT 2, s.record_id FROM search_words s
        WHERE s.organization_id = organization AND s.word >= called AND s.word < called || chr(1114111)
          AND (asked.owners IS NULL OR EXISTS (SELECT FROM search_documents o WHERE o.organization_id = organization
            AND o.object = asked.kind AND o.record_id = s.record_id AND o.owner_id = ANY (asked.owners)))
        LIMIT of_titles)
      UNION ALL
      (SELECT 3, w FROM (SELECT DISTINCT u AS w FROM unnest(by_word) u) x ORDER BY w DESC LIMIT of_words)
    ), placed AS (
      SELECT m.way, m.record_id, row_number() OVER (PARTITION BY m.way ORDER BY m.record_id DESC)::int AS place FROM mine m
    )
    SELECT found_kinds || array_agg(asked.kind), found_ids || array_agg(p.record_id),
      found_ways || array_agg(p.way), found_places || array_agg(p.place)
    INTO found_kinds, found_ids, found_ways, found_places FROM placed p;
  END LOOP;
  -- Each kind in its turn, so that many of one do not keep the others out.
  RETURN QUERY SELECT d.object, d.record_id, d.owner_id, d.title, d.subtitle, d.of_object, d.of_id FROM (
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
