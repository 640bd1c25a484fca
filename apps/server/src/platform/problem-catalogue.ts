/**
 * What the codes in error answers mean. Whoever answers with a code describes it, in a `described-problems.ts` of
 * its own, and adds itself to DescribedProblems below; from then on the compiler knows the code and its status. One
 * that nobody describes does not compile, and neither does a described one that is left out of the published list.
 */

/** Summaries for people, one for each status that a problem can have. */
export const titles = {
  400: 'Malformed request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  406: 'Not acceptable',
  408: 'Request too slow',
  409: 'Conflict',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  422: 'Invalid input',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  502: 'Bad gateway',
  503: 'Maintenance',
} as const

type Status = keyof typeof titles
type Texts = Readonly<Record<string, readonly [when: string, remedy: string]>>

/** Codes by their status; under `fields` those of single places, as in `errors[].code`. */
export type ProblemDescriptions = { readonly [status in Status]?: Texts } & { readonly fields?: Texts }

/** Who describes problems; each adds itself: `declare module … { interface DescribedProblems { … } }`. */
export interface DescribedProblems {
  // Nobody is named here: platform adds itself like everybody else, in its described-problems.ts.
}

type Source = DescribedProblems[keyof DescribedProblems]
type Under<Group extends Status | 'fields'> = Source extends infer One
  ? One extends { readonly [group in Group]: infer Known }
    ? keyof Known & string
    : never
  : never

/** The codes that are described with this status. */
export type CodeOf<S extends Status> = { [status in S]: Under<status> }[S]
export type ProblemCode = CodeOf<Status>
export type FieldCode = Under<'fields'>

/** What stands before the end of such a code: `thing` of `thing_in_trash`. */
export type Before<Code, End extends string> = Code extends `${infer Start}${End}` ? Start : never
/** What a 404 can be about: `thing` where `thing_not_found` is described. */
export type Missing = Before<CodeOf<404>, '_not_found'>

export const problemsPath = '/api/docs/problems'
/** The `type` of a problem: where it is explained. */
export const typeOf = (code: ProblemCode): string => `${problemsPath}#${code}`

export type CatalogueEntry = { code: string; when: string; remedy: string }
export type Catalogue = {
  statuses: { status: number; title: string; entries: CatalogueEntry[] }[]
  fields: CatalogueEntry[]
}

export function readCatalogue(described: DescribedProblems): Catalogue {
  const sources: ProblemDescriptions[] = Object.values(described)
  const entriesOf = (group: Status | 'fields') =>
    sources
      .flatMap((source) => Object.entries(source[group] ?? {}))
      .map(([code, [when, remedy]]): CatalogueEntry => ({ code, when, remedy }))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const statuses = Object.entries(titles).map(([status, title]) => ({
    status: Number(status),
    title,
    entries: entriesOf(Number(status) as Status),
  }))
  return { statuses: statuses.filter(({ entries }) => entries.length > 0), fields: entriesOf('fields') }
}
