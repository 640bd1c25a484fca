import { useEffect } from 'react'

const PRODUCT = 'Rapport'

/** The tab's title, and what screen readers hear when a page opens. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · ${PRODUCT}`
  }, [title])
}
