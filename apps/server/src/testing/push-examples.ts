/** Valid requests for Web Push. Nothing is sent anywhere: the browser that is tried is none of the caller's. */
import { operations, type Operation } from '@rapport/contracts'
import type { Example } from './examples.ts'

const unknown_id = '01980000-0000-7000-8000-000000000000'
/** The example of RFC 8291, appendix A. */
export const exampleSubscription = {
  endpoint: 'https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV',
  keys: {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
}

const { push } = operations

export const pushExamples: [Operation, Example][] = [
  [push.devices, {}],
  [push.register, { body: exampleSubscription }],
  [push.remove, { params: { id: unknown_id } }],
  [push.test, { params: { id: unknown_id } }],
]
