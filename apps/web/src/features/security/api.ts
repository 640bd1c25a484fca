import type { BodyInput, Operations, ProviderKey, TwoFactorRequired } from '@rapport/contracts'
import { queryOptions, useMutation } from '@tanstack/react-query'
import { queryClient } from '../../app/queryClient.ts'
import { ME_KEY, rapport } from '../../app/rapport.ts'
import { enterWith } from '../../app/session.ts'
import { useFresh } from './freshness.ts'
import { askForPasskey, makePasskey } from './ceremony.ts'

export const methodsQuery = queryOptions({
  queryKey: ['sign-in-methods'],
  queryFn: ({ signal }) => rapport.signIn.methods({ signal }),
})

/** What the operator has set up; it changes with a restart of the server. */
export const providersQuery = queryOptions({
  queryKey: ['sign-in-providers'],
  queryFn: async ({ signal }) => (await rapport.signIn.providers({ signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
})

export const policyQuery = queryOptions({
  queryKey: ['two-factor-policy'],
  queryFn: ({ signal }) => rapport.signIn.twoFactorPolicy({ signal }),
})

type Body<Name extends keyof Operations['signIn']> = BodyInput<Operations['signIn'][Name]>
type Proof = Body<'twoFactor'>['proof']

const refresh = () => queryClient.invalidateQueries({ queryKey: methodsQuery.queryKey })
/** Whether the organization still waits for two-factor may have changed with it. */
const refreshAll = async () => {
  await Promise.all([refresh(), queryClient.invalidateQueries({ queryKey: ME_KEY })])
}

export function useBeginTwoFactor() {
  const fresh = useFresh()
  return useMutation({ mutationFn: () => fresh(() => rapport.signIn.beginTwoFactor()) })
}

export const useEnableTwoFactor = () =>
  useMutation({
    mutationFn: (body: Body<'enableTwoFactor'>) => rapport.signIn.enableTwoFactor({ body }),
    onSuccess: refresh,
  })

export const useDisableTwoFactor = () =>
  useMutation({
    mutationFn: (body: Body<'disableTwoFactor'>) => rapport.signIn.disableTwoFactor({ body }),
    onSuccess: refreshAll,
  })

export function useNewRecoveryCodes() {
  const fresh = useFresh()
  return useMutation({
    mutationFn: () => fresh(() => rapport.signIn.newRecoveryCodes()),
    onSuccess: refresh,
  })
}

/** What a new passkey is made with. */
export function useNewPasskeyOptions() {
  const fresh = useFresh()
  return useMutation({
    mutationFn: async () => (await fresh(() => rapport.signIn.newPasskeyOptions())).options,
  })
}

export const useAddPasskey = () =>
  useMutation({
    mutationFn: async ({ name, options }: { name: string; options: Record<string, unknown> }) =>
      rapport.signIn.addPasskey({ body: { name, passkey: await makePasskey(options) } }),
    onSuccess: refresh,
  })

export const useRenamePasskey = () =>
  useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      rapport.signIn.renamePasskey({ params: { id }, body: { name } }),
    onSuccess: refresh,
  })

export function useRemovePasskey() {
  const fresh = useFresh()
  return useMutation({
    mutationFn: (id: string) => fresh(() => rapport.signIn.removePasskey({ params: { id } })),
    onSuccess: refresh,
  })
}

export function useLink() {
  const fresh = useFresh()
  return useMutation({
    mutationFn: async (provider: ProviderKey) => {
      const { url } = await fresh(() => rapport.signIn.startLink({ params: { provider } }))
      location.assign(url)
    },
  })
}

export function useUnlink() {
  const fresh = useFresh()
  return useMutation({
    mutationFn: (id: string) => fresh(() => rapport.signIn.unlink({ params: { id } })),
    onSuccess: refresh,
  })
}

export const useSetPolicy = () =>
  useMutation({
    mutationFn: (required: boolean) => rapport.signIn.setTwoFactorPolicy({ body: { required } }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: policyQuery.queryKey }),
  })

/** Logging in. These are no mutations: a wrong answer must not be taken for the end of a session. */

export const answerChallenge = (challenge: string, proof: Proof) =>
  enterWith(() => rapport.signIn.twoFactor({ body: { challenge, proof } }))

export async function answerWithPasskey({ challenge }: TwoFactorRequired): Promise<void> {
  const { options } = await rapport.signIn.passkeyOptions({ body: { challenge } })
  const passkey = await askForPasskey(options)
  await answerChallenge(challenge, { passkey })
}

export async function logInWithPasskey(): Promise<void> {
  const { options } = await rapport.signIn.passkeyOptions({ body: {} })
  const passkey = await askForPasskey(options)
  await enterWith(() => rapport.signIn.passkey({ body: { passkey } }))
}

export async function proveByPasskey(): Promise<void> {
  const { options } = await rapport.signIn.passkeyOptions({ body: {} })
  await rapport.signIn.confirm({ body: { proof: { passkey: await askForPasskey(options) } } })
}

export async function goToProvider(provider: ProviderKey): Promise<void> {
  const { url } = await rapport.signIn.startProvider({ params: { provider } })
  location.assign(url)
}

export async function linkWithPassword(
  provider: ProviderKey,
  body: Body<'linkWithPassword'>,
): Promise<TwoFactorRequired | null> {
  const answer = await enterWith(() => rapport.signIn.linkWithPassword({ params: { provider }, body }))
  return 'two_factor_required' in answer ? answer : null
}
