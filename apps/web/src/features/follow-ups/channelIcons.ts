import type { FollowUpChannel } from '@rapport/contracts'
import { CircleDot, Mail, MessageCircle, Phone, Users } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'

export const channelIcons: Readonly<Record<FollowUpChannel, LucideIcon>> = {
  call: Phone,
  whatsapp: MessageCircle,
  email: Mail,
  meeting: Users,
  other: CircleDot,
}
