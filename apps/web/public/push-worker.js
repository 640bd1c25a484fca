// Shows what is pushed while no window is open, and opens what it is about. It is registered when somebody switches
// pushes on (src/app/push.ts), keeps nothing and answers no request: pages always come from the server.
const devices = '/api/users/me/push-devices'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('push', (event) => {
  const { title, body, tag, open, lang } = event.data.json()
  const looks = { body, tag, lang, renotify: true, icon: '/icon.svg', data: { open } }
  event.waitUntil(self.registration.showNotification(title, looks))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openPage(event.notification.data.open))
})

/** In the window that is there, without loading it anew; otherwise in a new one. */
async function openPage(path) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const chosen = windows.find(({ focused }) => focused) ?? windows[0]
  if (!chosen) return self.clients.openWindow(path)
  chosen.postMessage({ open: path })
  return chosen.focus()
}

/** The push service has given the browser another address. */
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(subscribeAnew(event)))

async function subscribeAnew({ newSubscription }) {
  const subscription = newSubscription ?? (await subscribe())
  const answer = await fetch(devices, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(pick(subscription.toJSON())),
  })
  // Nobody is logged in here any more.
  if (answer.status === 401) await subscription.unsubscribe()
}

async function subscribe() {
  const answer = await fetch(devices)
  if (!answer.ok) throw new Error(`The key to subscribe with could not be read: ${answer.status}`)
  const { public_key } = await answer.json()
  return self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: public_key,
  })
}

const pick = ({ endpoint, keys: { p256dh, auth } }) => ({ endpoint, keys: { p256dh, auth } })
