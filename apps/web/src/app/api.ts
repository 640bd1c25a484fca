import { createRapport } from '@rapport/sdk'
import type { Me } from '@rapport/contracts'
import { reportAnswer } from './connection.ts'
import { queryClient } from './queryClient.ts'

export const ME_KEY = ['me'] as const

/** The client of the API. The session's cookie says who we are; the organization is the one that `me` answered with. */
export const rapport = createRapport({
  baseUrl: '',
  organizationId: () => queryClient.getQueryData<Me>(ME_KEY)?.organization.id,
  fetch: async (input, init) => {
    const response = await fetch(input, init)
    reportAnswer(response.status)
    return response
  },
})
