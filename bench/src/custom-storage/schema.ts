/**
 * Three ways of keeping values of fields that organizations define themselves, beside the same records: rows of an
 * index table, slot columns, and a JSON document with a GIN index. The document is there in all three, as it is
 * what a record is told from.
 */
export const slots = { number: 10, text: 10, day: 5 } as const

const slotColumns = Object.entries(slots).flatMap(([kind, many]) =>
  Array.from({ length: many }, (_, at) => ({ name: `${kind}_${at + 1}`, kind })),
)
const typeOf: Record<string, string> = { number: 'float8', text: 'text COLLATE "C"', day: 'date' }

const record = `
  organization_id uuid NOT NULL, id uuid NOT NULL, full_name text COLLATE "C" NOT NULL, email text COLLATE "C",
  status text COLLATE "C" NOT NULL, owner_id uuid, created_at timestamptz NOT NULL, deleted_at timestamptz,
  custom jsonb NOT NULL, PRIMARY KEY (organization_id, id)`

const locked = (table: string) => `
  ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON ${table} USING (organization_id = (SELECT current_setting('bench.organization')::uuid));`

const newest = (table: string) =>
  `CREATE INDEX ON ${table} (organization_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;`

export const tables = {
  rows: `
    CREATE TABLE with_rows (${record});
    CREATE TABLE value_rows (
      organization_id uuid NOT NULL, field_id uuid NOT NULL, record_id uuid NOT NULL,
      number float8, text text COLLATE "C", day date, PRIMARY KEY (organization_id, field_id, record_id));
    ${locked('with_rows')} ${locked('value_rows')}`,
  slots: `
    CREATE TABLE with_slots (${record}, ${slotColumns.map(({ name, kind }) => `${name} ${typeOf[kind]}`).join(', ')});
    ${locked('with_slots')}`,
  document: `CREATE TABLE with_document (${record}); ${locked('with_document')}`,
}

export const indexes = {
  rows: `${newest('with_rows')}
    CREATE INDEX ON value_rows (organization_id, field_id, number, record_id) WHERE number IS NOT NULL;
    CREATE INDEX ON value_rows (organization_id, field_id, text, record_id) WHERE text IS NOT NULL;
    CREATE INDEX ON value_rows (organization_id, field_id, day, record_id) WHERE day IS NOT NULL;`,
  slots: `${newest('with_slots')} ${slotColumns
    .map(
      ({ name }) =>
        `CREATE INDEX ON with_slots (organization_id, ${name}, id) WHERE ${name} IS NOT NULL AND deleted_at IS NULL;`,
    )
    .join('\n')}`,
  document: `${newest('with_document')}
    CREATE INDEX ON with_document USING gin (custom jsonb_path_ops);`,
}

/** Five fields of every organization. Each record has a value for four of five of them. */
export const fill = (tenants: number, records: number, large: number): string => `
  CREATE TABLE tenants AS SELECT n, gen_random_uuid() AS id,
    ARRAY[gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid()] AS fields
    FROM generate_series(1, ${tenants}) n;
  CREATE TABLE source AS
    SELECT t.id AS organization_id, t.fields, uuidv7() AS id, 'Person ' || i AS full_name, 'p' || i || '@example.com' AS email,
      (ARRAY['new','working','nurturing','qualified','lost'])[1 + i % 5] AS status, NULL::uuid AS owner_id,
      now() - make_interval(secs => ${records} - i) AS created_at,
      CASE WHEN random() < 0.8 THEN round((random() * random() * 1000000)::numeric, 2)::float8 END AS number_1,
      CASE WHEN random() < 0.8 THEN (random() * 100)::int::float8 END AS number_2,
      CASE WHEN random() < 0.8 THEN (ARRAY['Gold','Silver','Bronze','Basic','Trial'])[1 + (random() * random() * 5)::int % 5] END AS text_1,
      CASE WHEN random() < 0.8 THEN 'ref-' || (random() * 1000000)::int END AS text_2,
      CASE WHEN random() < 0.8 THEN date '2024-01-01' + (random() * 900)::int END AS day_1
    FROM generate_series(1, ${records}) i
    JOIN tenants t ON t.n = CASE WHEN i % ${records} < ${large} THEN 1 ELSE 2 + i % (${tenants} - 1) END;
  ALTER TABLE source ADD custom jsonb;
  UPDATE source SET custom = jsonb_strip_nulls(jsonb_build_object('budget', number_1, 'seats', number_2, 'tier', text_1, 'reference', text_2, 'renewal', day_1));`

const common =
  'organization_id, id, full_name, email, status, owner_id, created_at, NULL::timestamptz, custom'

/** @param from a condition on the source, so that the same insert fills the tables and measures a batch. */
export const inserts = (from: string): Record<'rows' | 'slots' | 'document', string[]> => ({
  rows: [
    `INSERT INTO with_rows SELECT ${common} FROM source WHERE ${from}`,
    `INSERT INTO value_rows SELECT organization_id, f.id, source.id, f.number, f.text, f.day FROM source CROSS JOIN LATERAL (VALUES
      (fields[1], number_1, NULL::text, NULL::date), (fields[2], number_2, NULL, NULL), (fields[3], NULL, text_1, NULL),
      (fields[4], NULL, text_2, NULL), (fields[5], NULL, NULL, day_1)) f (id, number, text, day)
      WHERE ${from} AND (f.number IS NOT NULL OR f.text IS NOT NULL OR f.day IS NOT NULL)`,
  ],
  slots: [
    `INSERT INTO with_slots (organization_id, id, full_name, email, status, owner_id, created_at, deleted_at, custom, number_1, number_2, text_1, text_2, day_1)
      SELECT ${common}, number_1, number_2, text_1, text_2, day_1 FROM source WHERE ${from}`,
  ],
  document: [`INSERT INTO with_document SELECT ${common} FROM source WHERE ${from}`],
})
