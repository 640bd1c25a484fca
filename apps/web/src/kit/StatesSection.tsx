import { UsersRound } from 'lucide-react'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorState } from '../ui/ErrorState.tsx'
import { Progress } from '../ui/Progress.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { Section } from './Section.tsx'

export function StatesSection() {
  return (
    <Section title="States">
      <div className="flex flex-col gap-2">
        <Banner kind="offline">You are offline. What you see may be old.</Banner>
        <Banner kind="reconnecting">Connection lost. Trying again…</Banner>
        <Banner kind="maintenance">Rapport is being updated.</Banner>
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <Progress label="Importing leads.csv" value={0.42} detail="2,716 of 6,468" />
        <Progress label="Counting" value={null} />
      </div>
      <Spinner label="Loading" className="text-muted" />
      <SkeletonRows rows={4} label="Loading leads" />
      <div className="grid gap-4 md:grid-cols-2">
        <EmptyState
          icon={UsersRound}
          title="No leads yet"
          text="Import a spreadsheet, or add the first one by hand."
          actions={
            <>
              <Button variant="primary">Import leads</Button>
              <Button>New lead</Button>
            </>
          }
        />
        <ErrorState
          title="This list did not load"
          text="Something went wrong on our side."
          onRetry={() => undefined}
          request_id="01J9Z3-7F2C"
        />
      </div>
    </Section>
  )
}
