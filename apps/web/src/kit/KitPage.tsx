import { ThemeMenu } from '../app/ThemeMenu.tsx'
import { BoardGallery } from '../ui/board/BoardGallery.tsx'
import { TableGallery } from '../ui/table/TableGallery.tsx'
import { usePageTitle } from '../ui/usePageTitle.ts'
import { ControlsSection } from './ControlsSection.tsx'
import { FormSection } from './FormSection.tsx'
import { LayersSection } from './LayersSection.tsx'
import { Section } from './Section.tsx'
import { StatesSection } from './StatesSection.tsx'
import { TokensSection } from './TokensSection.tsx'

/** Every component in its states, for those who build with them. Exists in development only, hence in English only. */
export function KitPage() {
  usePageTitle('Kit')
  return (
    <div className="min-h-dvh bg-base">
      <header className="sticky top-0 z-10 flex h-bar items-center justify-between border-b border-line bg-base px-6">
        <h1 className="text-15 font-semibold">Kit</h1>
        <ThemeMenu />
      </header>
      <main className="mx-auto flex max-w-6xl flex-col gap-10 px-4 py-6 md:px-6">
        <TokensSection />
        <ControlsSection />
        <FormSection />
        <LayersSection />
        <StatesSection />
        <Section title="Table and filters">
          <TableGallery />
        </Section>
        <Section title="Board">
          <BoardGallery />
        </Section>
      </main>
    </div>
  )
}
