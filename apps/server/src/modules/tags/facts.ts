import type { Ctx } from '../../platform/tenancy.ts'
import type { KnownTag } from './repository.ts'

type Changes = NonNullable<Parameters<Ctx['emit']>[0]['changes']>

/** One event for a tag, however many records carry it: lists that show it are read again. */
export function tellTag(
  { emit }: Ctx,
  what: 'created' | 'updated' | 'merged' | 'deleted',
  { id, name, color, version }: KnownTag,
  changes: Changes,
  more: Record<string, unknown> = {},
): void {
  emit({
    type: `tag.${what}`,
    record: { object: 'tag', id, version, name },
    data: { name, color, ...more },
    changes,
  })
}
