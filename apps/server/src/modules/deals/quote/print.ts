/** Prints quotes on a thread of their own, which starts with the first one and anew after it has broken. */
import { Worker } from 'node:worker_threads'
import type { QuoteContent } from './content.ts'
import type { Issue } from './layout.ts'
import type { Order, Printed } from './press.ts'

type Waiting = { resolve: (pdf: Buffer) => void; reject: (error: Error) => void }

const waiting = new Map<number, Waiting>()
let press: Worker | undefined
let last = 0

export function printQuote(content: QuoteContent, issue: Issue): Promise<Buffer> {
  press ??= startPress()
  const order: Order = { id: (last += 1), content, issue }
  const printed = new Promise<Buffer>((resolve, reject) => waiting.set(order.id, { resolve, reject }))
  press.postMessage(order)
  return printed
}

function startPress(): Worker {
  const worker = new Worker(new URL('./press.ts', import.meta.url))
  // A server that stops does not wait for it.
  worker.unref()
  worker.on('message', (printed: Printed) => {
    const order = waiting.get(printed.id)
    waiting.delete(printed.id)
    if ('pdf' in printed) order?.resolve(Buffer.from(printed.pdf))
    else order?.reject(new Error(`The quote could not be printed: ${printed.problem}`))
  })
  worker.on('error', (error) => giveUp(worker, error))
  worker.on('exit', (code) => giveUp(worker, new Error(`The press ended with code ${code}.`)))
  return worker
}

function giveUp(worker: Worker, error: Error): void {
  if (press !== worker) return
  press = undefined
  for (const { reject } of waiting.values()) reject(error)
  waiting.clear()
}
