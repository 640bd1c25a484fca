/**
 * A bounded memory of answers for a short time. Whoever misses together shares one load. An entry ages from
 * the start of its load, and forgetting also drops a load under way, so nothing older than `ttl_ms`, or than
 * the last `forget`, is ever answered to a later caller.
 */
type Entry<Value> = { value: Promise<Value>; expires: number }

export type Cache<Value> = {
  get: (key: string, load: () => Promise<Value>) => Promise<Value>
  forget: (key: string) => void
  forgetWhere: (belongs: (key: string) => boolean) => void
}

export function createCache<Value>(size: number, ttl_ms: number, now: () => number): Cache<Value> {
  const entries = new Map<string, Entry<Value>>()

  function remember(key: string, value: Promise<Value>): Promise<Value> {
    const entry = { value, expires: now() + ttl_ms }
    entries.delete(key)
    entries.set(key, entry)
    const [oldest] = entries.keys()
    if (entries.size > size && oldest !== undefined) entries.delete(oldest)
    // A failure is for those who waited for it; the next caller tries again.
    value.catch(() => {
      if (entries.get(key) === entry) entries.delete(key)
    })
    return value
  }

  return {
    get(key, load) {
      const known = entries.get(key)
      if (!known || known.expires <= now()) return remember(key, load())
      // A Map keeps the order of insertion: moved to its end, the entry counts as the last used.
      entries.delete(key)
      entries.set(key, known)
      return known.value
    },
    forget: (key) => void entries.delete(key),
    forgetWhere(belongs) {
      for (const key of entries.keys()) if (belongs(key)) entries.delete(key)
    },
  }
}
