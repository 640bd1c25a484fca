/**
 * Events as they happen. The connection remembers the last `seq` it saw, says it whenever it comes back, and
 * so hears of everything exactly once and in order, or that too much was missed and it must load anew.
 */
import type { RapportEvent } from '@rapport/contracts'
import { io, type Socket } from 'socket.io-client'

export type RealtimeState = 'connecting' | 'live' | 'offline'
export type RealtimeRefusal = { code: string; status: number }

/** Read-only mode; `notice` is the operator's own words and may be empty. */
export type MaintenanceState = { notice: string; since: string }

/** Somebody else who has a record open, and what they edit as far as the reader may know it. */
export type PresentPerson = { user_id: string; name: string; editing: boolean; field: string | null }
/** Somebody else writes in a channel that is followed: just now, so it passes by itself after some seconds. */
export type Typing = { channel_id: string; thread_id: string | null; user_id: string; name: string }
export type RecordPresence = RecordName & { people: PresentPerson[] }

export type PersonChange = { user_id: string; state: 'online' | 'away' | 'offline' }

export type RealtimeOptions = {
  /** Origin of the installation; '' in the web app, which is served by it. */
  url: string
  organization_id: string
  /** Access token; the web app leaves it out and uses its cookie. Asked for anew at each connection. */
  token?: () => string | undefined | Promise<string | undefined>
  /** The last event that is known already, to hear of everything after it. */
  since?: number
  onEvent: (event: RapportEvent) => void
  /** Everything up to `seq` has been told; the state becomes `live` just after. */
  onReady?: (seq: number) => void
  /** Too much was missed: what is on the screen must be loaded again. */
  onRefetch?: (seq: number) => void
  onState?: (state: RealtimeState) => void
  /** Whether the installation is in read-only mode: told at each connection, and when it changes. */
  onMaintenance?: (state: MaintenanceState | null) => void
  /** Who else has a viewed record open: all of them, whenever that changes. */
  onPresence?: (presence: RecordPresence) => void
  onTyping?: (typing: Typing) => void
  /** Who of the organization came, went, or turned away from the screen. */
  onPeople?: (people: PersonChange[]) => void
  /** The server refuses this member (401, 403): it is not tried again until `retry`. */
  onRefused?: (refusal: RealtimeRefusal) => void
}

export type Realtime = {
  /** Tries again now: after a log-in, or when the device is online again. */
  retry: () => void
  /** The page shows this record: its room is joined, also after a reconnect. */
  open: (record: RecordName) => () => void
  /** A person looks at this record: others who may read it are told, also after a reconnect. */
  view: (record: RecordName) => View
  /** A channel is on screen, also after a reconnect: who writes there is told, and of a public one what is said there. */
  follow: (channel_id: string) => Following
  /** Whether somebody is at this screen; said again after a reconnect. */
  here: (state: { away: boolean }) => void
  close: () => void
}

export type Following = {
  /** The member is writing: may be said at every key, it is told every few seconds. */
  typing: (thread_id?: string | null) => void
  leave: () => void
}

export type View = {
  /** The field that is being edited; null for none. */
  edit: (field: string | null) => void
  leave: () => void
}

type FromServer = {
  event: (event: RapportEvent) => void
  ready: (state: { seq: number }) => void
  refetch: (state: { seq: number }) => void
  maintenance: (state: MaintenanceState | null) => void
  presence: (presence: RecordPresence) => void
  typing: (typing: Typing) => void
  people: (state: { people: PersonChange[] }) => void
}
type RecordName = { object: string; id: string }
type Viewed = RecordName & { field: string | null }
type ToServer = {
  open: (record: RecordName) => void
  close: (record: RecordName) => void
  view: (viewed: Viewed) => void
  leave: (record: RecordName) => void
  follow: (channel: { channel_id: string }) => void
  unfollow: (channel: { channel_id: string }) => void
  typing: (written: { channel_id: string; thread_id: string | null }) => void
  here: (state: { away: boolean }) => void
}

const firstRetry_ms = 250
const longestRetry_ms = 5_000
const viewPause_ms = 250
const typingPause_ms = 3_000

export function connectRealtime(options: RealtimeOptions): Realtime {
  let last = options.since
  let state: RealtimeState | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let attempts = 0
  const opened = new Map<string, { record: RecordName; times: number }>()
  const views = new Set<Viewed>()
  const followed = new Map<string, number>()
  let away = false

  const credentials = async () => ({
    organization_id: options.organization_id,
    token: await options.token?.(),
    since: last,
  })
  const socket: Socket<FromServer, ToServer> = io(options.url, {
    path: '/api/realtime',
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    autoConnect: false,
    forceNew: true,
    reconnectionDelay: firstRetry_ms,
    reconnectionDelayMax: longestRetry_ms,
    auth: (send) => {
      credentials().then(send, () => {
        // Without a token there is nothing to say now; perhaps there is one later.
        socket.disconnect()
        connectLater()
      })
    },
  })

  function become(next: RealtimeState): void {
    if (next === state) return
    state = next
    options.onState?.(next)
  }

  /** After what Socket.IO itself does not retry: the server closed the connection or refused it. */
  function connectLater(): void {
    become('offline')
    if (timer) return
    const delay_ms = Math.min(longestRetry_ms, firstRetry_ms * 2 ** attempts) * (0.75 + Math.random() / 2)
    attempts += 1
    timer = setTimeout(() => {
      timer = null
      socket.connect()
    }, delay_ms)
  }

  socket.on('event', (event) => {
    if (last !== undefined && event.seq <= last) return
    last = event.seq
    options.onEvent(event)
  })
  socket.on('ready', ({ seq }) => {
    last = Math.max(last ?? 0, seq)
    attempts = 0
    for (const { record } of opened.values()) socket.emit('open', record)
    for (const viewed of views) socket.emit('view', viewed)
    for (const channel_id of followed.keys()) socket.emit('follow', { channel_id })
    if (away) socket.emit('here', { away })
    options.onReady?.(seq)
    become('live')
  })
  socket.on('refetch', ({ seq }) => {
    last = seq
    options.onRefetch?.(seq)
  })
  socket.on('maintenance', (state) => options.onMaintenance?.(state))
  socket.on('people', ({ people }) => options.onPeople?.(people))
  socket.on('presence', (presence) => options.onPresence?.(presence))
  socket.on('typing', (typing) => options.onTyping?.(typing))
  socket.on('disconnect', (reason) => {
    if (reason === 'io client disconnect') return become('offline')
    if (reason === 'io server disconnect') return connectLater()
    become('connecting')
  })
  socket.io.on('reconnect_error', () => become('offline'))
  socket.on('connect_error', (error) => {
    const refusal = refusalOf(error)
    if (!refusal) return become('offline') // the network: Socket.IO tries again by itself
    if (refusal.status >= 500) return connectLater()
    become('offline')
    options.onRefused?.(refusal)
  })

  become('connecting')
  socket.connect()

  return {
    retry() {
      if (timer) clearTimeout(timer)
      timer = null
      attempts = 0
      if (!socket.active) become('connecting')
      socket.connect()
    },
    here(state) {
      if (state.away === away) return
      away = state.away
      if (socket.connected) socket.emit('here', { away })
    },
    open(record) {
      const key = `${record.object} ${record.id}`
      const known = opened.get(key) ?? { record, times: 0 }
      known.times += 1
      opened.set(key, known)
      if (known.times === 1 && state === 'live') socket.emit('open', record)
      return () => {
        known.times -= 1
        if (known.times > 0) return
        opened.delete(key)
        if (socket.connected) socket.emit('close', record)
      }
    },
    follow(channel_id) {
      const times = followed.get(channel_id) ?? 0
      followed.set(channel_id, times + 1)
      if (times === 0 && state === 'live') socket.emit('follow', { channel_id })
      let told_at = 0
      let left = false
      return {
        typing(thread_id = null) {
          if (state !== 'live' || Date.now() - told_at < typingPause_ms) return
          told_at = Date.now()
          socket.emit('typing', { channel_id, thread_id })
        },
        leave() {
          if (left) return
          left = true
          const others = (followed.get(channel_id) ?? 1) - 1
          if (others > 0) return void followed.set(channel_id, others)
          followed.delete(channel_id)
          if (socket.connected) socket.emit('unfollow', { channel_id })
        },
      }
    },
    view({ object, id }) {
      const viewed: Viewed = { object, id, field: null }
      let telling: ReturnType<typeof setTimeout> | null = null
      let told = false
      // Whoever pages through records, or through the fields of one, is not told of at every step.
      const tellSoon = () => {
        telling ??= setTimeout(() => {
          telling = null
          told = true
          views.add(viewed)
          if (state === 'live') socket.emit('view', viewed)
        }, viewPause_ms)
      }
      tellSoon()
      return {
        edit(field) {
          if (viewed.field === field) return
          viewed.field = field
          tellSoon()
        },
        leave() {
          if (telling) clearTimeout(telling)
          views.delete(viewed)
          if (told && socket.connected) socket.emit('leave', { object, id })
        },
      }
    },
    close() {
      if (timer) clearTimeout(timer)
      socket.disconnect()
    },
  }
}

/** The server's own refusal, as against a network that failed. */
function refusalOf(error: Error): RealtimeRefusal | null {
  const data: unknown = 'data' in error ? error.data : undefined
  if (typeof data !== 'object' || data === null || !('code' in data) || !('status' in data)) return null
  return { code: String(data.code), status: Number(data.status) }
}
