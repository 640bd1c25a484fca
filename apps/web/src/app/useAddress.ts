import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useSearchParams } from 'react-router'

export type ChangeAddress = (change: (known: URLSearchParams) => URLSearchParams, replace: boolean) => void

/**
 * What stands behind the ? of the address, as state. A navigation takes a moment: until it arrives, what was asked for
 * counts as there, so that it shows at once and a second change builds on the first.
 */
export function useAddress(): [URLSearchParams, ChangeAddress] {
  const [params, setParams] = useSearchParams()
  const [ahead, setAhead] = useState<URLSearchParams | null>(null)
  const latest = useRef(params)
  const asked = useRef<string[]>([])
  const go = useRef(setParams)

  useLayoutEffect(() => {
    go.current = setParams
  }, [setParams])
  useLayoutEffect(() => {
    const place = asked.current.indexOf(params.toString())
    // One that nobody asked for here, as by going back, is the truth.
    asked.current = place === -1 ? [] : asked.current.slice(place + 1)
    if (asked.current.length > 0) return
    latest.current = params
    setAhead(null)
  }, [params])

  const change = useCallback<ChangeAddress>((next, replace) => {
    const wanted = next(new URLSearchParams(latest.current))
    if (wanted.toString() === latest.current.toString()) return
    latest.current = wanted
    asked.current.push(wanted.toString())
    setAhead(wanted)
    go.current(wanted, { replace, preventScrollReset: true })
  }, [])
  return [ahead ?? params, change]
}
