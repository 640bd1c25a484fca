import type { Tag } from '@rapport/contracts'
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Tags } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../app/session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SearchBox } from '../../ui/filters/SearchBox.tsx'
import { Page } from '../../ui/Page.tsx'
import { tagsQuery, usageQuery } from './api.ts'
import { DeleteTagDialog } from './DeleteTagDialog.tsx'
import { MergeTagDialog } from './MergeTagDialog.tsx'
import { NewTagForm } from './NewTagForm.tsx'
import { TagRow } from './TagRow.tsx'

type Asking = { what: 'delete' | 'merge'; tag: Tag }

/** From so many on one looks for a tag by typing. */
const searchedFrom = 12

/** The organization's vocabulary of tags. */
export function TagsPage() {
  const { t } = useTranslation()
  const { data: tags } = useSuspenseQuery(tagsQuery)
  const mayManage = useMay('tags:manage')
  const mayCreate = useMay('tags:create')
  const usage = useQuery({ ...usageQuery, enabled: mayManage }).data
  const [asking, setAsking] = useState<Asking | null>(null)
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLocaleLowerCase()
  const shown = tags.filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
  const count = (tag: Tag) => (usage ? (usage.get(tag.id) ?? 0) : undefined)
  return (
    <Page title={t('tags.title')}>
      <p className="pb-3 text-13 text-muted">{t('tags.intro')}</p>
      {mayCreate ? <NewTagForm /> : null}
      {tags.length === 0 ? (
        <EmptyState icon={Tags} title={t('tags.empty')} text={t('tags.empty_text')} />
      ) : (
        <>
          {tags.length >= searchedFrom ? (
            <SearchBox value={search} onChange={setSearch} className="mb-3 w-full sm:w-64" />
          ) : null}
          {shown.length === 0 ? (
            <p className="py-4 text-13 text-muted">{t('common.state.nothing_found')}</p>
          ) : (
            <ul className="flex flex-col border-t border-line" aria-label={t('tags.title')}>
              {shown.map((tag) => (
                <TagRow
                  key={tag.id}
                  tag={tag}
                  records={count(tag)}
                  readOnly={!mayManage}
                  onMerge={tags.length > 1 ? () => setAsking({ what: 'merge', tag }) : undefined}
                  onDelete={() => setAsking({ what: 'delete', tag })}
                />
              ))}
            </ul>
          )}
        </>
      )}
      {asking?.what === 'delete' ? (
        <DeleteTagDialog tag={asking.tag} records={count(asking.tag)} onClose={() => setAsking(null)} />
      ) : null}
      {asking?.what === 'merge' ? (
        <MergeTagDialog tag={asking.tag} tags={tags} onClose={() => setAsking(null)} />
      ) : null}
    </Page>
  )
}
