import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './IconButton.tsx'
import { Input } from './Input.tsx'
import type { InputProps } from './Input.tsx'

/** What one types can be looked at. */
export function PasswordInput(props: Omit<InputProps, 'type' | 'trailing'>) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  return (
    <Input
      {...props}
      type={shown ? 'text' : 'password'}
      spellCheck={false}
      autoCapitalize="none"
      trailing={
        <IconButton
          icon={shown ? EyeOff : Eye}
          label={shown ? t('common.field.hide_password') : t('common.field.show_password')}
          size="small"
          onClick={() => setShown(!shown)}
        />
      }
    />
  )
}
