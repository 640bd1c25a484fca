/** The same questions asked of each way of keeping values. */
type Way = 'rows' | 'slots' | 'document'
type Asked = { organization: string; fields: string[] }

const page = 'r.id, r.full_name, r.email, r.status, r.created_at, r.custom'
const live = (table: string, { organization }: Asked) =>
  `FROM ${table} r WHERE r.organization_id = '${organization}' AND r.deleted_at IS NULL`
const newestFirst = 'ORDER BY r.created_at DESC, r.id DESC LIMIT 51'

const matching = (asked: Asked, field: number, test: string) => `r.id IN (SELECT v.record_id FROM value_rows v
  WHERE v.organization_id = '${asked.organization}' AND v.field_id = '${asked.fields[field]}' AND ${test})`

const sorted = (asked: Asked, after: string) => `
  SELECT ${page} FROM value_rows v JOIN with_rows r ON r.organization_id = v.organization_id AND r.id = v.record_id
  WHERE v.organization_id = '${asked.organization}' AND v.field_id = '${asked.fields[0]}' AND v.number IS NOT NULL ${after}
    AND r.deleted_at IS NULL ORDER BY v.number DESC, v.record_id DESC LIMIT 51`

const byColumn = (asked: Asked, test: string, order = newestFirst) =>
  `SELECT ${page} ${live('with_slots', asked)} AND ${test} ${order}`
const byDocument = (asked: Asked, test: string, order = newestFirst) =>
  `SELECT ${page} ${live('with_document', asked)} AND ${test} ${order}`

const numberOf = `(r.custom->>'budget')::float8`

export const questions: Record<string, Record<Way, (asked: Asked) => string>> = {
  'sorted by a number': {
    rows: (asked) => sorted(asked, ''),
    slots: (asked) =>
      byColumn(asked, 'r.number_1 IS NOT NULL', 'ORDER BY r.number_1 DESC, r.id DESC LIMIT 51'),
    document: (asked) =>
      byDocument(asked, `${numberOf} IS NOT NULL`, `ORDER BY ${numberOf} DESC, r.id DESC LIMIT 51`),
  },
  'sorted, from the middle': {
    rows: (asked) => sorted(asked, 'AND v.number < 100000'),
    slots: (asked) => byColumn(asked, 'r.number_1 < 100000', 'ORDER BY r.number_1 DESC, r.id DESC LIMIT 51'),
    document: (asked) =>
      byDocument(asked, `${numberOf} < 100000`, `ORDER BY ${numberOf} DESC, r.id DESC LIMIT 51`),
  },
  'number in a rare range, newest first': {
    rows: (asked) =>
      `SELECT ${page} ${live('with_rows', asked)} AND ${matching(asked, 0, 'v.number >= 990000')} ${newestFirst}`,
    slots: (asked) => byColumn(asked, 'r.number_1 >= 990000'),
    document: (asked) => byDocument(asked, `${numberOf} >= 990000`),
  },
  'number in a common range, newest first': {
    rows: (asked) =>
      `SELECT ${page} ${live('with_rows', asked)} AND ${matching(asked, 0, 'v.number >= 100000')} ${newestFirst}`,
    slots: (asked) => byColumn(asked, 'r.number_1 >= 100000'),
    document: (asked) => byDocument(asked, `${numberOf} >= 100000`),
  },
  'common range, test on the document': {
    rows: (asked) => `SELECT ${page} ${live('with_rows', asked)} AND ${numberOf} >= 100000 ${newestFirst}`,
    slots: (asked) => byColumn(asked, 'r.number_1 >= 100000'),
    document: (asked) => byDocument(asked, `${numberOf} >= 100000`),
  },
  'one of the options, newest first': {
    rows: (asked) =>
      `SELECT ${page} ${live('with_rows', asked)} AND ${matching(asked, 2, `v.text = 'Trial'`)} ${newestFirst}`,
    slots: (asked) => byColumn(asked, `r.text_1 = 'Trial'`),
    document: (asked) => byDocument(asked, `r.custom @> '{"tier":"Trial"}'`),
  },
  'an exact reference': {
    rows: (asked) =>
      `SELECT ${page} ${live('with_rows', asked)} AND ${matching(asked, 3, `v.text = 'ref-4711'`)} ${newestFirst}`,
    slots: (asked) => byColumn(asked, `r.text_2 = 'ref-4711'`),
    document: (asked) => byDocument(asked, `r.custom @> '{"reference":"ref-4711"}'`),
  },
}
