/** Some changes ask for the person once more. Whoever runs them below FreshnessGate need not know. */
import { createContext, useContext } from 'react'

/** Runs the action; where the server asks for the person first, after they have proved it. */
export type RunFresh = <T>(action: () => Promise<T>) => Promise<T>

/** The person did not want to prove it: nothing was done, and there is nothing to tell. */
export class NotConfirmed extends Error {
  override name = 'NotConfirmed'
}

export const FreshnessContext = createContext<RunFresh>((action) => action())

export const useFresh = (): RunFresh => useContext(FreshnessContext)
