import type { ReactNode } from 'react'
import { LanguageMenu } from '../../app/LanguageMenu.tsx'
import { ThemeMenu } from '../../app/ThemeMenu.tsx'
import { Logo } from '../../ui/Logo.tsx'
import { usePageTitle } from '../../ui/usePageTitle.ts'

type AuthFrameProps = { page: string; title: string; below: ReactNode; children: ReactNode }

/** One calm column. Theme and language are there from the first screen. */
export function AuthFrame({ page, title, below, children }: AuthFrameProps) {
  usePageTitle(page)
  return (
    <div className="flex min-h-dvh flex-col bg-base">
      <header className="flex h-bar shrink-0 items-center justify-end gap-0.5 px-3">
        <ThemeMenu />
        <LanguageMenu />
      </header>
      <main className="mx-auto flex w-full max-w-[22rem] flex-1 flex-col px-4 pt-[min(12dvh,7rem)] pb-12">
        <Logo className="mb-5 size-8" />
        <h1 className="mb-6 text-20 font-semibold tracking-tight">{title}</h1>
        {children}
        <div className="mt-6 text-13 text-muted">{below}</div>
      </main>
    </div>
  )
}
