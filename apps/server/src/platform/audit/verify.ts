/** Walks an organization's chain from its first entry to the head and stops at the first one that is not as it was. */
import { systemActor } from '../actor.ts'
import type { Tenancy } from '../tenancy.ts'
import { linkOf, readBeyondHead, readHead, readLinks, seedOf, type Head, type Link } from './chain.ts'

export type BrokenKind = 'altered' | 'removed' | 'inserted'
export type Broken = { seq: number; kind: BrokenKind; what: string }
/** Number and hash of an entry as they were noted outside the database. */
export type Anchor = Head
export type Verification = {
  organization_id: string
  /** How many entries are in order. */
  entries: number
  head: Head | null
  broken: Broken | null
}

const batch = 2_000

/** Entries whose values are gone, until the erasure comes that names them. */
type Blank = { content: Set<number>; actor: Set<number> }
type Walk = { last: Head; blank: Blank; broken: Broken | null }

export async function verifyLog(
  tenancy: Pick<Tenancy, 'inTenant'>,
  organization_id: string,
  anchors: readonly Anchor[] = [],
): Promise<Verification> {
  const walk: Walk = {
    last: { seq: 0, hash: seedOf(organization_id) },
    blank: { content: new Set(), actor: new Set() },
    broken: null,
  }
  const reading = { tenancy, organization_id, anchors }
  let head: Head | null = null
  // An erasure that was committed meanwhile explains blanks behind us: go on until it has been read.
  for (let before = -1; !walk.broken && before < walk.last.seq && (before === -1 || isUnexplained(walk));) {
    before = walk.last.seq
    head = await inLog(reading, (tx) => readHead(tx, organization_id))
    await walkTo(reading, walk, head)
  }
  walk.broken ??= unexplained(walk) ?? (await slippedIn(reading)) ?? missedAnchor(anchors, walk.last)
  return { organization_id, entries: walk.last.seq, head, broken: walk.broken }
}

type Reading = { tenancy: Pick<Tenancy, 'inTenant'>; organization_id: string; anchors: readonly Anchor[] }

const inLog = <T>(
  { tenancy, organization_id }: Reading,
  read: (tx: Parameters<typeof readLinks>[0]) => Promise<T>,
) => tenancy.inTenant(systemActor(organization_id), ({ tx }) => read(tx))

async function walkTo(reading: Reading, walk: Walk, head: Head | null): Promise<void> {
  const end = head?.seq ?? 0
  while (walk.last.seq < end) {
    const links = await inLog(reading, (tx) => readLinks(tx, reading.organization_id, walk.last.seq, batch))
    for (const [index, link] of links.entries()) {
      if (link.seq > end) break
      walk.broken = breakOf(walk.last, link, links[index + 1]) ?? offAnchor(reading.anchors, link)
      if (walk.broken) return
      walk.last = { seq: link.seq, hash: link.hash }
      account(walk.blank, link)
    }
    if ((links.at(-1)?.seq ?? 0) < end && links.length < batch) {
      walk.broken = { seq: walk.last.seq + 1, kind: 'removed', what: 'the newest entries are missing' }
      return
    }
  }
  if (head && head.hash !== walk.last.hash)
    walk.broken = {
      seq: head.seq,
      kind: 'altered',
      what: 'the hash of the newest entry is not the one noted',
    }
}

function breakOf(last: Head, link: Link, next: Link | undefined): Broken | null {
  const { seq } = link
  if (seq > last.seq + 1)
    return { seq: last.seq + 1, kind: 'removed', what: `nothing between ${last.seq} and ${seq}` }
  if (linkOf(last.hash, link.digest) !== link.hash) {
    // The entry behind it still fits the one before it, with the number that it had: this one was put between them.
    if (next && linkOf(last.hash, next.digest_before) === next.hash)
      return { seq, kind: 'inserted', what: 'it was put between its neighbours' }
    return { seq, kind: 'altered', what: 'its hash is not that of its values and the entry before it' }
  }
  if (link.content === 'altered')
    return { seq, kind: 'altered', what: 'its name or values are not those it was written with' }
  if (link.actor === 'altered')
    return { seq, kind: 'altered', what: 'who did it or from where is not as it was written' }
  return null
}

function account(blank: Blank, link: Link): void {
  if (link.content === 'blank') blank.content.add(link.seq)
  if (link.actor === 'blank') blank.actor.add(link.seq)
  for (const seq of link.erases?.content ?? []) blank.content.delete(seq)
  for (const seq of link.erases?.actor ?? []) blank.actor.delete(seq)
}

const isUnexplained = ({ blank }: Walk) => blank.content.size + blank.actor.size > 0

function unexplained({ blank }: Walk): Broken | null {
  const seqs = [...blank.content, ...blank.actor]
  if (seqs.length === 0) return null
  const seq = seqs.reduce((least, one) => Math.min(least, one))
  return { seq, kind: 'altered', what: 'its values are gone and no erasure names it' }
}

async function slippedIn(reading: Reading): Promise<Broken | null> {
  const beyond = await inLog(reading, (tx) => readBeyondHead(tx, reading.organization_id))
  const [first] = await inLog(reading, (tx) => readLinks(tx, reading.organization_id, -(2 ** 53), 1))
  const seq = first && first.seq < 1 ? first.seq : beyond
  return seq === null ? null : { seq, kind: 'inserted', what: 'no commit of Rapport gave this number' }
}

const offAnchor = (anchors: readonly Anchor[], { seq, hash }: Head): Broken | null =>
  anchors.every((anchor) => anchor.seq !== seq || anchor.hash === hash)
    ? null
    : { seq, kind: 'altered', what: 'its hash is not that of the anchor' }

/** The log ends before an entry that is known to have been. */
function missedAnchor(anchors: readonly Anchor[], last: Head): Broken | null {
  return anchors.some((anchor) => anchor.seq > last.seq)
    ? { seq: last.seq + 1, kind: 'removed', what: 'the anchor names a later entry' }
    : null
}
