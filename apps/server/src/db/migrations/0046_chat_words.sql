-- Messages are found by rows of their words, as records are. docs/decisions/0046-chat-search.md

CREATE TABLE chat_words (
  organization_id uuid   NOT NULL,
  message_id      uuid   NOT NULL,
  channel_id      uuid   NOT NULL,
  marks           bigint NOT NULL,
  word            text COLLATE "C" NOT NULL
);
COMMENT ON TABLE chat_words IS
  'Every word that leads to a message. Read by index-only scans, so it is vacuumed often enough to keep the visibility map.';
COMMENT ON COLUMN chat_words.channel_id IS 'The channel of the message: those that the reader may not read are passed over without a look at it.';
COMMENT ON COLUMN chat_words.marks IS
  'Bits of how the words of the message begin (marksOf in modules/search/words.ts): who lacks the second word of a query is passed over, too.';
COMMENT ON COLUMN chat_messages.words IS 'All words of the text, each after a | and the last one before one: a beginning is looked up by | and its text.';

-- What was said is taken over from the folded text. What stands between words is listed, so that the locale of the
-- database has no say in it.
DO $$
DECLARE
  organization uuid;
  between_words CONSTANT text := '[\u0001-/:-@[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u055a-\u055f'
    || '\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u0964\u0965\u0e3f\u0e4f'
    || '\u2000-\u206f\u20a0-\u20cf\u2100-\u2106\u2116\u2122\u2190-\u245f\u249c-\u24e9\u2500-\u2775\u2794-\u2bff\u2e00-\u2e2e'
    || '\u2e30-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\ufe10-\ufe6b\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40'
    || '\uff5b-\uff65\uffe0-\uffff\U0001f10d-\U0001faff\U000e0000-\U000e0fff]+';
BEGIN
  FOR organization IN SELECT id FROM organizations LOOP
    PERFORM set_config('rapport.organization_id', organization::text, true);
    UPDATE chat_messages m SET words = '|' || array_to_string(array(
        SELECT DISTINCT left(w, 60) FROM regexp_split_to_table(m.words, between_words) w WHERE w <> ''), '|') || '|'
    WHERE m.organization_id = organization AND m.words <> '';
    INSERT INTO chat_words (organization_id, message_id, channel_id, marks, word)
    SELECT m.organization_id, m.id, m.channel_id, marked.marks, w.word
    FROM chat_messages m
    CROSS JOIN LATERAL (SELECT string_to_array(trim(BOTH '|' FROM m.words), '|') AS own) o
    CROSS JOIN LATERAL (
      SELECT bit_or(
        CASE WHEN length(x.word) >= 2 THEN 1::bigint << ((ascii(x.word) * 7 + ascii(substr(x.word, 2))) % 31) ELSE 0 END
        | CASE WHEN length(x.word) >= 4 THEN 1::bigint << (31 + (ascii(x.word) * 5 + ascii(substr(x.word, 2)) * 11
            + ascii(substr(x.word, 3)) * 3 + ascii(substr(x.word, 4))) % 32) ELSE 0 END) AS marks
      FROM unnest(o.own) x (word)) marked
    CROSS JOIN LATERAL unnest(o.own) w (word)
    WHERE m.organization_id = organization AND w.word !~ '^[a-z]$';
  END LOOP;
  PERFORM set_config('rapport.organization_id', '', true);
END $$;

ALTER TABLE chat_words ADD PRIMARY KEY (organization_id, word, message_id) INCLUDE (channel_id, marks);
ALTER TABLE chat_words SET (autovacuum_vacuum_insert_scale_factor = 0.005, autovacuum_vacuum_insert_threshold = 20000,
  autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
SELECT protect('chat_words');

-- As in 0002 a query comes as `leads` (beginnings of words), `tests` (patterns that all words of the message must match)
-- and `mask` (the marks that it must have). The functions run with the rights of their caller and with plans made once.

CREATE FUNCTION chat_narrowest(
  organization uuid, leads text[], before uuid, OUT words text[], OUT lead text, OUT few boolean
) LANGUAGE plpgsql STABLE AS $$
DECLARE
  most_words CONSTANT int := 100;
  sample CONSTANT int := 50;
  many CONSTANT int := 2000;
  past text; own_words text[]; reach uuid; furthest uuid;
BEGIN
  lead := leads[1];
  few := false;
  FOR i IN 1 .. cardinality(leads) LOOP
    past := leads[i] || chr(1114111);
    WITH RECURSIVE step (word) AS (
      (SELECT s.word FROM chat_words s
       WHERE s.organization_id = organization AND s.word >= leads[i] AND s.word < past ORDER BY s.word LIMIT 1)
      UNION ALL
      SELECT (SELECT s.word FROM chat_words s
              WHERE s.organization_id = organization AND s.word > step.word AND s.word < past ORDER BY s.word LIMIT 1)
      FROM step WHERE step.word IS NOT NULL
    ), own AS MATERIALIZED (SELECT step.word FROM step WHERE step.word IS NOT NULL LIMIT most_words + 1)
    SELECT coalesce(array_agg(own.word), '{}'),
      CASE WHEN cardinality(leads) > 1 AND count(*) <= most_words THEN (
        SELECT r.message_id FROM own CROSS JOIN LATERAL (
          SELECT s.message_id FROM chat_words s
          WHERE s.organization_id = organization AND s.word = own.word AND s.message_id < before
          ORDER BY s.message_id DESC LIMIT sample) r
        ORDER BY r.message_id DESC OFFSET sample - 1 LIMIT 1) END
    INTO own_words, reach FROM own;
    IF cardinality(own_words) > most_words THEN
      few := (SELECT count(*) < many FROM (SELECT FROM chat_words s
        WHERE s.organization_id = organization AND s.word >= leads[i] AND s.word < past LIMIT many) x);
      IF few THEN words := NULL; lead := leads[i]; RETURN; END IF;
    ELSIF words IS NULL OR coalesce(reach < furthest, true) THEN
      words := own_words; lead := leads[i]; furthest := reach;
      EXIT WHEN reach IS NULL; -- fewer than the sample: none can be narrower by much
    END IF;
  END LOOP;
END $$;
COMMENT ON FUNCTION chat_narrowest IS
  'The beginning among `leads` by whose words to go: that whose newest messages reach back furthest, as it has the fewest. `words` is null when it begins too many to be listed; `few` tells that they lead to few messages all the same.';

CREATE FUNCTION chat_search(
  organization uuid, reader uuid, channel uuid, author uuid, leads text[], tests text[], mask bigint, before uuid, wanted int
) RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 20
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashagg = off SET enable_sort = off AS $$
DECLARE
  newest CONSTANT int := 1000;
  deepest CONSTANT int := 5000;
  channels uuid[]; words text[]; lead text; few boolean; ids uuid[]; reach uuid;
  deep int := wanted; found int := 0; more int;
BEGIN
  SELECT n.words, n.lead, n.few INTO words, lead, few FROM chat_narrowest(organization, leads, before) n;
  IF cardinality(words) = 0 THEN RETURN; END IF;
  channels := CASE WHEN channel IS NOT NULL THEN ARRAY[channel] ELSE array(
    SELECT c.id FROM chat_channels c WHERE c.organization_id = organization AND c.kind = 'public'
    UNION SELECT m.channel_id FROM chat_members m WHERE m.organization_id = organization AND m.user_id = reader) END;
  -- A letter or two begin so many words that the newest messages soon give enough.
  IF words IS NULL AND NOT few THEN
    ids := array(
      SELECT x.id FROM (
        SELECT m.id, m.channel_id, m.author_id, m.words FROM chat_messages m
        WHERE m.organization_id = organization AND m.id < before ORDER BY m.id DESC LIMIT newest) x
      WHERE (x.channel_id IN (SELECT unnest(channels))) IS TRUE AND x.words LIKE ALL (tests)
        AND (author IS NULL OR x.author_id = author)
      ORDER BY x.id DESC LIMIT wanted);
    IF cardinality(ids) = wanted THEN RETURN QUERY SELECT unnest(ids); RETURN; END IF;
  END IF;
  -- The words are read side by side, newest first, each a little deeper in every turn, until there are enough.
  LOOP
    IF words IS NULL THEN
      SELECT array_agg(s.message_id) INTO ids FROM chat_words s
      WHERE s.organization_id = organization AND s.word >= lead AND s.word < lead || chr(1114111)
        AND s.message_id < before AND s.marks & mask = mask AND (s.channel_id IN (SELECT unnest(channels))) IS TRUE;
    ELSE
      SELECT array_agg(r.message_id), (array_agg(r.message_id ORDER BY r.message_id DESC) FILTER (WHERE r.place = deep))[1]
      INTO ids, reach FROM unnest(words) w (word) CROSS JOIN LATERAL (
        SELECT n.message_id, row_number() OVER (ORDER BY n.message_id DESC) AS place FROM (
          SELECT s.message_id FROM chat_words s
          WHERE s.organization_id = organization AND s.word = w.word AND s.message_id < before
            AND s.marks & mask = mask AND (s.channel_id IN (SELECT unnest(channels))) IS TRUE
          ORDER BY s.message_id DESC LIMIT deep) n) r;
    END IF;
    RETURN QUERY SELECT c.id FROM (
        SELECT DISTINCT u.id FROM unnest(ids) u (id) WHERE reach IS NULL OR u.id >= reach ORDER BY u.id DESC) c
      CROSS JOIN LATERAL (
        SELECT FROM chat_messages m
        WHERE m.organization_id = organization AND m.id = c.id AND m.words LIKE ALL (tests)
          AND (author IS NULL OR m.author_id = author) OFFSET 0) t
      ORDER BY c.id DESC LIMIT wanted - found;
    GET DIAGNOSTICS more = ROW_COUNT;
    found := found + more;
    EXIT WHEN found >= wanted OR reach IS NULL;
    before := reach;
    deep := least(deep * 4, deepest);
  END LOOP;
END $$;
COMMENT ON FUNCTION chat_search IS
  'Ids of the newest messages (below `before`, newest first, at most `wanted`) that match, in `channel` or, where it is null, in the public channels and those that `reader` is in. Whether a named channel may be read is asked beforehand.';
