import { queryOptions, useMutation } from '@tanstack/react-query'
import { endPushes, switchPushOn } from '../../app/push.ts'
import { readAgain } from '../../app/queryClient.ts'
import { rapport } from '../../app/rapport.ts'

export const devicesQuery = queryOptions({
  queryKey: ['push-devices'],
  queryFn: () => rapport.push.devices(),
})

const readDevicesAgain = (): void => readAgain(devicesQuery.queryKey)

export const useSwitchOn = (user_id: string, public_key: string) =>
  useMutation({
    mutationFn: () => switchPushOn(user_id, public_key),
    onSettled: readDevicesAgain,
  })

type Chosen = { id: string; current: boolean }

export const useRemoveDevice = () =>
  useMutation({
    mutationFn: async ({ id, current }: Chosen) => {
      await rapport.push.remove({ params: { id } })
      if (current) await endPushes()
    },
    onSettled: readDevicesAgain,
  })

export const useTestDevice = () =>
  useMutation({
    mutationFn: (id: string) => rapport.push.test({ params: { id } }),
    onSettled: readDevicesAgain,
  })
