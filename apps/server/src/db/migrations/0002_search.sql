-- Search by plain rows: a B-tree holds every word of every record, so search needs no operator that row-level
-- security keeps away from indexes, and reads the newest records of a word first. docs/decisions/0009-search-rows.md.

CREATE TABLE search_words (
  organization_id uuid   NOT NULL,
  record_id       uuid   NOT NULL,
  marks           bigint NOT NULL,
  word            text COLLATE "C" NOT NULL
);
COMMENT ON TABLE search_words IS
  'Every word that leads to a record. Read by index-only scans, so it is vacuumed often enough to keep the visibility map.';
COMMENT ON COLUMN search_words.word IS
  'Object and word ("lead silva"): one column, because every further column of a key is compared at every step down the index. A whole title begins with =, an e-mail address with @.';
COMMENT ON COLUMN search_words.marks IS
  'Bits of how the words of the record begin (marksOf in modules/search/words.ts): who lacks the second word of a query is passed over without a look at the document.';

ALTER TABLE search_documents RENAME TO old_documents;
ALTER TABLE old_documents RENAME CONSTRAINT search_documents_pkey TO old_documents_pkey;

CREATE TABLE search_documents (
  organization_id uuid NOT NULL REFERENCES organizations,
  object          text COLLATE "C" NOT NULL,
  record_id       uuid NOT NULL,
  owner_id        uuid,
  title           text NOT NULL,
  subtitle        text,
  words           text COLLATE "C" NOT NULL
);
COMMENT ON TABLE search_documents IS 'What is shown of a found record, and all its words; only the search module writes it.';
COMMENT ON COLUMN search_documents.words IS 'All words, each after a | and the last one before one: a beginning is looked up by | and its text.';

-- What was known is taken over from the words as they were, each of which began with eight digits of the organization.
INSERT INTO search_documents
SELECT d.organization_id, d.object, d.record_id, d.owner_id, d.title, d.subtitle,
  '|' || (SELECT string_agg(translate(substr(l.lexeme, 9), '|', ' '), '|') FROM unnest(d.words) l) || '|'
FROM old_documents d WHERE d.words <> '';

INSERT INTO search_words (organization_id, record_id, marks, word)
SELECT d.organization_id, d.record_id, marked.marks, d.object || ' ' || w.word
FROM search_documents d
CROSS JOIN LATERAL (
  SELECT bit_or(
    CASE WHEN length(m.word) >= 2 THEN 1::bigint << ((ascii(m.word) * 7 + ascii(substr(m.word, 2))) % 31) ELSE 0 END
    | CASE WHEN length(m.word) >= 4 THEN 1::bigint << (31 + (ascii(m.word) * 5 + ascii(substr(m.word, 2)) * 11
        + ascii(substr(m.word, 3)) * 3 + ascii(substr(m.word, 4))) % 32) ELSE 0 END) AS marks
  FROM unnest(string_to_array(trim(BOTH '|' FROM d.words), '|')) m (word)
) marked
CROSS JOIN LATERAL (SELECT DISTINCT x.word FROM unnest(string_to_array(trim(BOTH '|' FROM d.words), '|')) x (word)) w;

ALTER TABLE search_documents ADD PRIMARY KEY (organization_id, object, record_id);
ALTER TABLE search_words ADD PRIMARY KEY (organization_id, word, record_id) INCLUDE (marks);
ALTER TABLE search_words SET (autovacuum_vacuum_insert_scale_factor = 0.005, autovacuum_vacuum_insert_threshold = 20000,
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
SELECT protect('search_documents');
SELECT protect('search_words');
DROP TABLE old_documents;

CREATE FUNCTION search_write(
  organization uuid, objects text[], ids uuid[], owners uuid[], titles text[], subtitles text[], texts text[],
  marked bigint[], listed text[], places int[], known boolean
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
  INSERT INTO search_documents AS s (organization_id, object, record_id, owner_id, title, subtitle, words)
  SELECT organization, n.* FROM unnest(objects, ids, owners, titles, subtitles, texts) n
  ON CONFLICT (organization_id, object, record_id) DO UPDATE
    SET owner_id = excluded.owner_id, title = excluded.title, subtitle = excluded.subtitle, words = excluded.words;
END $$;
COMMENT ON FUNCTION search_write IS
  'Writes documents (arrays, one element each) and the words that lead to them (`listed`, each with the place of its document). Unless `known`, the documents are new; otherwise words that stay as they were are not written again.';

CREATE FUNCTION search_forget(organization uuid, kind text, record uuid) RETURNS void LANGUAGE sql AS $$
  DELETE FROM search_words s USING (
    SELECT DISTINCT d.object || ' ' || w.word AS word FROM search_documents d
    CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '|' FROM d.words), '|')) w (word)
    WHERE d.organization_id = organization AND d.object = kind AND d.record_id = record) gone
  WHERE s.organization_id = organization AND s.word = gone.word AND s.record_id = record
$$;
COMMENT ON FUNCTION search_forget IS 'Deletes the words that lead to a record: its document holds all of them.';

-- The functions below take a query as `leads` (object and beginning of a word, as in search_words.word), as `tests`
-- (patterns that the text of a document must match, for all its words) and as `mask` (the marks that it must have).
-- They run with the rights of their caller, so row-level security holds in them, and with plans that are made once:
-- the way to the rows is the same for every word, and planning would take longer than reading.

CREATE FUNCTION search_narrowest(
  organization uuid, leads text[], before uuid, OUT words text[], OUT lead text
) LANGUAGE plpgsql STABLE AS $$
DECLARE
  most_words CONSTANT int := 40;
  sample CONSTANT int := 50;
  many CONSTANT int := 2000;
  past text; own_words text[]; reach uuid; furthest uuid; found int; fewest int := many; short text;
BEGIN
  lead := leads[1];
  FOR i IN 1 .. cardinality(leads) LOOP
    past := leads[i] || chr(1114111);
    WITH RECURSIVE step (word) AS (
      (SELECT s.word FROM search_words s
       WHERE s.organization_id = organization AND s.word >= leads[i] AND s.word < past ORDER BY s.word LIMIT 1)
      UNION ALL
      SELECT (SELECT s.word FROM search_words s
              WHERE s.organization_id = organization AND s.word > step.word AND s.word < past ORDER BY s.word LIMIT 1)
      FROM step WHERE step.word IS NOT NULL
    ), own AS MATERIALIZED (SELECT step.word FROM step WHERE step.word IS NOT NULL LIMIT most_words + 1)
    SELECT coalesce(array_agg(own.word), '{}'),
      CASE WHEN cardinality(leads) > 1 AND count(*) <= most_words THEN (
        SELECT r.record_id FROM own CROSS JOIN LATERAL (
          SELECT s.record_id FROM search_words s
          WHERE s.organization_id = organization AND s.word = own.word AND s.record_id < before
          ORDER BY s.record_id DESC LIMIT sample) r
        ORDER BY r.record_id DESC OFFSET sample - 1 LIMIT 1) END
    INTO own_words, reach FROM own;
    IF cardinality(own_words) > most_words THEN
      IF cardinality(leads) > 1 THEN
        SELECT count(*) INTO found FROM (SELECT FROM search_words s
          WHERE s.organization_id = organization AND s.word >= leads[i] AND s.word < past LIMIT many) x;
        IF found < fewest THEN short := leads[i]; fewest := found; END IF;
      END IF;
      CONTINUE;
    END IF;
    IF words IS NULL OR coalesce(reach < furthest, true) THEN
      words := own_words; lead := leads[i]; furthest := reach;
    END IF;
    EXIT WHEN reach IS NULL; -- fewer than the sample: none can be narrower by much
  END LOOP;
  -- Many words, but few records in all of them, as telephone numbers have it.
  IF short IS NOT NULL AND furthest IS NOT NULL THEN words := NULL; END IF;
  IF short IS NOT NULL AND words IS NULL THEN lead := short; END IF;
END $$;
COMMENT ON FUNCTION search_narrowest IS
  'The beginning among `leads` by whose words to go: that whose newest records reach back furthest, as it has the fewest. `words` is null when it begins too many words to be listed.';

CREATE FUNCTION search_newest(
  organization uuid, kind text, leads text[], tests text[], mask bigint, owners uuid[], before uuid, wanted int
) RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 50
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashagg = off SET enable_sort = off AS $$
DECLARE
  many CONSTANT int := 4000;
  certain CONSTANT boolean := cardinality(tests) = 1 AND owners IS NULL;
  words text[]; lead text; ids uuid[]; seen int;
BEGIN
  SELECT n.words, n.lead INTO words, lead FROM search_narrowest(organization, leads, before) n;
  IF words IS NOT NULL AND certain THEN
    RETURN QUERY SELECT DISTINCT r.record_id FROM unnest(words) w (word) CROSS JOIN LATERAL (
        SELECT s.record_id FROM search_words s
        WHERE s.organization_id = organization AND s.word = w.word AND s.record_id < before
        ORDER BY s.record_id DESC LIMIT wanted) r
      ORDER BY r.record_id DESC LIMIT wanted;
    RETURN;
  END IF;
  -- A few words are read side by side, newest first, until enough is found. A list without its word costs nothing.
  IF cardinality(words) <= 4 THEN
    RETURN QUERY SELECT c.record_id FROM (
        SELECT DISTINCT m.record_id FROM (
          (SELECT s.record_id FROM search_words s WHERE s.organization_id = organization AND s.word = words[1]
             AND s.record_id < before AND s.marks & mask = mask ORDER BY s.record_id DESC)
          UNION ALL
          (SELECT s.record_id FROM search_words s WHERE s.organization_id = organization AND s.word = words[2]
             AND s.record_id < before AND s.marks & mask = mask ORDER BY s.record_id DESC)
          UNION ALL
          (SELECT s.record_id FROM search_words s WHERE s.organization_id = organization AND s.word = words[3]
             AND s.record_id < before AND s.marks & mask = mask ORDER BY s.record_id DESC)
          UNION ALL
          (SELECT s.record_id FROM search_words s WHERE s.organization_id = organization AND s.word = words[4]
             AND s.record_id < before AND s.marks & mask = mask ORDER BY s.record_id DESC)) m
        ORDER BY m.record_id DESC) c
      CROSS JOIN LATERAL (
        SELECT FROM search_documents d
        WHERE d.organization_id = organization AND d.object = kind AND d.record_id = c.record_id
          AND d.words LIKE ALL (tests) AND (owners IS NULL OR d.owner_id = ANY (owners)) OFFSET 0) t
      ORDER BY c.record_id DESC LIMIT wanted;
    RETURN;
  END IF;
  IF words IS NOT NULL THEN
    SELECT array_agg(s.record_id) INTO ids FROM unnest(words) w (word) JOIN search_words s
      ON s.organization_id = organization AND s.word = w.word AND s.record_id < before AND s.marks & mask = mask;
  ELSE
    SELECT count(*), array_agg(x.record_id) FILTER (WHERE x.record_id < before AND x.marks & mask = mask) INTO seen, ids
    FROM (SELECT s.record_id, s.marks FROM search_words s
      WHERE s.organization_id = organization AND s.word >= lead AND s.word < lead || chr(1114111) LIMIT many) x;
    -- So many that the newest documents, looked at one by one, soon give enough.
    IF seen = many THEN
      RETURN QUERY SELECT d.record_id FROM search_documents d
        WHERE d.organization_id = organization AND d.object = kind AND d.record_id < before
          AND d.words LIKE ALL (tests) AND (owners IS NULL OR d.owner_id = ANY (owners))
        ORDER BY d.record_id DESC LIMIT wanted;
      RETURN;
    END IF;
  END IF;
  RETURN QUERY SELECT c.record_id FROM (
      SELECT DISTINCT u.id AS record_id FROM unnest(ids) u (id) ORDER BY u.id DESC) c
    CROSS JOIN LATERAL (
      SELECT FROM search_documents d
      WHERE d.organization_id = organization AND d.object = kind AND d.record_id = c.record_id
        AND d.words LIKE ALL (tests) AND (owners IS NULL OR d.owner_id = ANY (owners)) OFFSET 0) t
    ORDER BY c.record_id DESC LIMIT wanted;
END $$;
COMMENT ON FUNCTION search_newest IS
  'Ids of the newest records (below `before`, newest first, at most `wanted`) that match; `owners` null means of everyone.';

CREATE FUNCTION search_all(
  organization uuid, kind text, leads text[], tests text[], mask bigint, owners uuid[]
) RETURNS SETOF uuid LANGUAGE plpgsql STABLE
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off AS $$
DECLARE
  certain CONSTANT boolean := cardinality(tests) = 1 AND owners IS NULL;
  lead text;
BEGIN
  SELECT n.lead INTO lead FROM search_narrowest(organization, leads, 'ffffffff-ffff-ffff-ffff-ffffffffffff') n;
  RETURN QUERY SELECT DISTINCT s.record_id FROM search_words s
    WHERE s.organization_id = organization AND s.word >= lead AND s.word < lead || chr(1114111) AND s.marks & mask = mask
      AND (certain OR EXISTS (
        SELECT FROM search_documents d
        WHERE d.organization_id = organization AND d.object = kind AND d.record_id = s.record_id
          AND d.words LIKE ALL (tests) AND (owners IS NULL OR d.owner_id = ANY (owners))));
END $$;
COMMENT ON FUNCTION search_all IS 'Ids of all records that match, in no order: for counts, filters and other orders.';
