/**
 * Theme and language belong to the account, but may be chosen before anyone is logged in. Such a choice waits in this
 * tab, and the log-in that follows takes it over; otherwise the account's settings are shown.
 */
type Choice = { theme?: string; language?: string }

const STORAGE_KEY = 'rapport.choices'
let keep: ((choice: Choice) => void) | null = null

/** What was just chosen goes to the account, or waits for one. */
export function noteChoice(choice: Choice): void {
  if (keep) keep(choice)
  else sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ ...readWaiting(), ...choice }))
}

/** From now on choices go there. Answers what waited, and how to stop. */
export function keepChoices(keeper: (choice: Choice) => void): { waiting: Choice; stop: () => void } {
  const waiting = readWaiting()
  sessionStorage.removeItem(STORAGE_KEY)
  keep = keeper
  return { waiting, stop: () => (keep = null) }
}

function readWaiting(): Choice {
  const stored: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '{}')
  return typeof stored === 'object' && stored !== null ? stored : {}
}
