/** What a user agent tells of itself, for people: “Firefox”, “Android”. A claim, not a fact. */
import Bowser from 'bowser'

export type Device = { browser: string | null; system: string | null }

export function describeDevice(user_agent: string | null): Device {
  if (!user_agent) return { browser: null, system: null }
  const { browser, os } = Bowser.parse(user_agent)
  return { browser: browser.name || null, system: os.name || null }
}
