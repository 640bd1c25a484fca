-- New words are written in the order of their index: those of a batch that stand beside each other are found on a page
-- that is at hand. docs/decisions/0034-imports.md

CREATE OR REPLACE FUNCTION search_write(
  organization uuid, objects text[], ids uuid[], owners uuid[], titles text[], subtitles text[], texts text[],
  beside_objects text[], beside_ids uuid[], marked bigint[], listed int[], known boolean
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
  SELECT organization, n.record_id, n.marks, n.object || ' ' || w.word
  FROM unnest(objects, ids, marked, texts, listed) WITH ORDINALITY n (object, record_id, marks, words, listed, place)
  CROSS JOIN LATERAL unnest((string_to_array(n.words, '|'))[2:n.listed + 1]) w (word)
  WHERE NOT known OR n.place = ANY (changed)
  ORDER BY w.word, n.record_id;
  INSERT INTO search_documents AS s (organization_id, object, record_id, owner_id, title, subtitle, words, of_object, of_id)
  SELECT organization, n.* FROM unnest(objects, ids, owners, titles, subtitles, texts, beside_objects, beside_ids) n
  ON CONFLICT (organization_id, object, record_id) DO UPDATE
    SET owner_id = excluded.owner_id, title = excluded.title, subtitle = excluded.subtitle, words = excluded.words;
END $$;
