/**
 * Pushes to this browser: the worker that shows them, and the subscription at the browser's push service. It belongs to
 * whoever switched it on here; when they log out, or somebody else logs in, it ends.
 */
import { rapport } from './rapport.ts'

const worker = '/push-worker.js'
/** `<user> <session>`: who switched it on here, in which log-in. */
const OWNER = 'rapport.push'

/** What stands in the way, if anything. */
export type PushObstacle = 'unsupported' | 'home_screen' | 'denied' | null

export function pushObstacle(): PushObstacle {
  if ('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)
    return Notification.permission === 'denied' ? 'denied' : null
  // On an iPhone or iPad only what was put on the home screen may be pushed to.
  return 'standalone' in navigator && navigator.standalone === false ? 'home_screen' : 'unsupported'
}

/** Throws where the browser or its push service will not; answers what stands in the way of it. */
export async function switchPushOn(user_id: string, public_key: string): Promise<PushObstacle> {
  const obstacle = pushObstacle()
  if (obstacle !== null) return obstacle
  if ((await Notification.requestPermission()) !== 'granted') return 'denied'
  await subscribe(user_id, public_key)
  return null
}

async function subscribe(user_id: string, public_key: string): Promise<void> {
  await navigator.serviceWorker.register(worker)
  const { pushManager } = await navigator.serviceWorker.ready
  const before = await pushManager.getSubscription()
  // A browser keeps to the key that it subscribed with first.
  if (before && !isFor(before, public_key)) await before.unsubscribe()
  const options = { userVisibleOnly: true, applicationServerKey: public_key }
  const { endpoint, keys } = (await pushManager.subscribe(options)).toJSON()
  const { id } = await rapport.push.register({
    body: { endpoint: endpoint ?? '', keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' } },
  })
  localStorage.setItem(OWNER, `${user_id} ${id}`)
}

function isFor({ options }: PushSubscription, public_key: string): boolean {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer())
  const text = btoa(String.fromCharCode(...bytes))
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === public_key
}

/** After a new log-in of whoever switched it on, it goes on; it ends for anybody else, and where it was taken away. */
export async function goOnPushing(user_id: string): Promise<void> {
  const [owner, session] = readOwner()
  if (owner === undefined || pushObstacle() === 'unsupported') return
  if (owner !== user_id || Notification.permission !== 'granted') return endPushes()
  const { items, session_id, public_key } = await rapport.push.devices()
  const taken = session === session_id && !items.some(({ current }) => current)
  await (taken ? endPushes() : subscribe(user_id, public_key))
}

/** Takes the subscription back, and from the screen what was pushed: the next who sits here may be somebody else. */
export async function endPushes(): Promise<void> {
  if (readOwner().length === 0) return
  localStorage.removeItem(OWNER)
  const registration = await navigator.serviceWorker.getRegistration()
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close()
  const subscription = await registration?.pushManager.getSubscription()
  await subscription?.unsubscribe()
  await registration?.unregister()
}

/** Whose pushes come to this browser, and since which log-in. */
function readOwner(): string[] {
  try {
    return localStorage.getItem(OWNER)?.split(' ') ?? []
  } catch {
    // Storage is switched off: nobody could have switched anything on.
    return []
  }
}

/** Somebody pressed a push while a window was open. */
export function onPushOpened(open: (path: string) => void): void {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const path = (data as { open?: unknown } | null)?.open
    if (typeof path === 'string' && /^\/(?![/\\])/.test(path)) open(path)
  })
}
