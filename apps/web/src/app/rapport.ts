import { createRapport } from '@rapport/sdk'
import type { ClientOptions } from '@rapport/sdk'
import type { Me } from '@rapport/contracts'
import { reportAnswer } from './connection.ts'
import { queryClient } from './queryClient.ts'

export const ME_KEY = ['me'] as const

/** The cookie says who; the organization on screen goes along with every call. */
const options: ClientOptions = {
  baseUrl: '',
  organizationId: () => queryClient.getQueryData<Me>(ME_KEY)?.organization.id,
  onAnswer: reportAnswer,
}

/** The API client of the app. */
export const rapport = createRapport(options)

/** The same client over another way to send, for what `fetch` cannot do: tell how much of a file is sent. */
export const rapportOver = (fetcher: typeof fetch) => createRapport({ ...options, fetch: fetcher })
