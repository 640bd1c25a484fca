import { useEffect } from 'react'

const PRODUCT = 'Rapport'

let title = PRODUCT
let unread = 0

function show(): void {
  document.title = unread > 0 ? `(${unread}) ${title}` : title
}

/** The tab's title, and what screen readers hear when a page opens. */
export function usePageTitle(page: string): void {
  useEffect(() => {
    title = `${page} · ${PRODUCT}`
    show()
  }, [page])
}

/** How much waits to be read: before the title, as a dot in the icon of the tab, and on the icon of the installed app. */
export function showUnread(count: number): void {
  unread = count
  show()
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
  icon?.setAttribute('href', count > 0 ? '/icon-unread.svg' : '/icon.svg')
  // Only where the app is installed; elsewhere there is no icon to show it on.
  if ('setAppBadge' in navigator) navigator.setAppBadge(count).catch(() => undefined)
}
