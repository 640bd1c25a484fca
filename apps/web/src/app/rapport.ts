import { createRapport } from '@rapport/sdk'
import type { Me } from '@rapport/contracts'
import { reportAnswer } from './connection.ts'
import { queryClient } from './queryClient.ts'

export const ME_KEY = ['me'] as const

/** The API client of the app. The cookie says who; the organization on screen goes along with every call. */
export const rapport = createRapport({
  baseUrl: '',
  organizationId: () => queryClient.getQueryData<Me>(ME_KEY)?.organization.id,
  onAnswer: reportAnswer,
})
